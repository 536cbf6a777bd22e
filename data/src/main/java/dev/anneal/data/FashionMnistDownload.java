package dev.anneal.data;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Gets files that are not in the cache yet. A file enters the cache whole and verified, or not at
 * all.
 *
 * @param base the files' address, ending with a slash
 * @param folder the cache
 * @param files what to get
 */
record FashionMnistDownload(URI base, Path folder, List<Pinned> files) {
  /**
   * A gzipped file.
   *
   * @param name under the base address and in the cache
   * @param size in bytes, unzipped
   * @param sha256 of the unzipped bytes, so that every packing of the same data passes
   */
  record Pinned(String name, int size, String sha256) {}

  // What gzip may add to data that does not shrink.
  private static final int SLACK = 1 << 16;
  private static final URI OFFICIAL =
      URI.create(
          "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/");
  private static final List<Pinned> FILES =
      List.of(
          new Pinned(
              "train-images-idx3-ubyte.gz",
              47_040_016,
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
          new Pinned(
              "train-labels-idx1-ubyte.gz",
              60_008,
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
          new Pinned(
              "t10k-images-idx3-ubyte.gz",
              7_840_016,
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
          new Pinned(
              "t10k-labels-idx1-ubyte.gz",
              10_008,
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

  /** The authors' files, cached in {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  static FashionMnistDownload official() {
    Path caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return new FashionMnistDownload(
        OFFICIAL, caches.resolve("anneal").resolve("fashion-mnist"), FILES);
  }

  /**
   * Downloads what is missing.
   *
   * @return the folder, which now has all files
   * @throws InputException if a file cannot be had; those that could stay in the cache
   */
  Path fetch() {
    for (Pinned file : files) {
      if (!Files.exists(folder.resolve(file.name()))) {
        fetch(file);
      }
    }
    return folder;
  }

  private void fetch(Pinned file) {
    URI address = base.resolve(file.name());
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, file.name(), ".part");
      try {
        int status = download(address, part, file.size() + SLACK);
        if (status != 200) {
          throw error(address, "the server answered with status " + status);
        }
        verify(address, part, file);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw error(address, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(address, "the download was interrupted", e);
    }
  }

  private static int download(URI address, Path target, long limit)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build();
    BodyHandler<Path> save =
        answer ->
            answer.statusCode() == 200
                ? BodySubscribers.ofFile(target)
                : BodySubscribers.replacing(target);
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build()) {
      var answer = client.sendAsync(request, BodyHandlers.limiting(save, limit));
      try {
        // The request's own timeout ends with the headers; this one also ends a body that stalls.
        return answer.get(15, TimeUnit.MINUTES).statusCode();
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException("the download failed: " + reason(e), e);
      } finally {
        answer.cancel(true);
      }
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void verify(URI address, Path part, Pinned file) {
    byte[] content;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(part), 1 << 16)) {
      content = in.readNBytes(file.size() + 1);
    } catch (IOException e) {
      throw error(address, "the file is damaged or truncated: " + e.getMessage(), e);
    }
    if (!HexFormat.of().formatHex(sha256().digest(content)).equals(file.sha256())) {
      throw error(address, "the checksum is not that of the published file");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static InputException error(URI address, String what) {
    return new InputException(line(address, what));
  }

  private static InputException error(URI address, String what, Exception cause) {
    return new InputException(line(address, what), cause);
  }

  private static String line(URI address, String what) {
    return "%s: %s; instead, install Debian's dataset-fashion-mnist or give the folder of the four files"
        .formatted(address, what);
  }
}
