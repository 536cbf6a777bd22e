package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.data.FashionMnistDownload.Pinned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistDownloadTest {
  private static final byte[] CONTENT = IdxFiles.labels(1, 2, 3);
  private static final byte[] FILE = IdxFiles.gzip(CONTENT);
  private static final String ADVICE =
      "; instead, install Debian's dataset-fashion-mnist or give the folder of the four files";

  private final AtomicInteger requests = new AtomicInteger();
  private volatile byte[] answer = {};
  private ServerSocket server;
  private URI base;
  private Path cache;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    base =
        URI.create(
            "http://%s:%d/fashion/"
                .formatted(server.getInetAddress().getHostAddress(), server.getLocalPort()));
    cache = folder.resolve("deep").resolve("cache");
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          requests.incrementAndGet();
          while (client.getInputStream().available() == 0) {
            Thread.onSpinWait();
          }
          client.getInputStream().readNBytes(client.getInputStream().available());
          client.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] answer(String status, int length, byte[] body) {
    byte[] head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, length)
            .getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private FashionMnistDownload download() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT);
      var pinned = new Pinned("f.gz", CONTENT.length, HexFormat.of().formatHex(digest));
      return new FashionMnistDownload(base, cache, List.of(pinned));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void refuses(String what) throws IOException {
    assertRefused(base + "f.gz: " + what + ADVICE, () -> download().fetch());
    try (Stream<Path> left = Files.list(cache)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void savesAVerifiedFileOnce() throws IOException {
    answer = answer("200 OK", FILE.length, FILE);
    assertEquals(cache, download().fetch());
    assertArrayEquals(FILE, Files.readAllBytes(cache.resolve("f.gz")));
    download().fetch();
    assertEquals(1, requests.get());
    try (Stream<Path> files = Files.list(cache)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void savesNothingElse() throws IOException {
    answer = answer("404 Not Found", 0, new byte[0]);
    refuses("the server answered with status 404");
    byte[] other = IdxFiles.gzip(IdxFiles.labels(1, 2, 4));
    answer = answer("200 OK", other.length, other);
    refuses("the checksum is not that of the published file");
    byte[] longer = IdxFiles.gzip(Arrays.copyOf(CONTENT, CONTENT.length + 1));
    answer = answer("200 OK", longer.length, longer);
    refuses("the checksum is not that of the published file");
    byte[] half = Arrays.copyOf(FILE, FILE.length / 2);
    answer = answer("200 OK", half.length, half);
    refuses("the file is damaged or truncated: Unexpected end of ZLIB input stream");
    answer = answer("200 OK", FILE.length, half);
    refuses(
        "the download failed: fixed content-length: %d, bytes received: %d"
            .formatted(FILE.length, half.length));
    byte[] endless = new byte[1 << 20];
    answer = answer("200 OK", endless.length, endless);
    refuses("the download failed: body exceeds capacity: " + (CONTENT.length + (1 << 16)));
  }

  @Test
  void saysThatTheServerIsOutOfReach() throws IOException {
    server.close();
    refuses("the download failed: ConnectException");
  }
}
