package dev.anneal.data.table;

import dev.anneal.api.InputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A file, which may be packed.
 *
 * @param gzip whether it begins as gzip does, whatever its name
 */
record Source(Path file, boolean gzip) {
  /** What tells the order of bytes, where it is a letter. */
  static final char MARK = '\ufeff';

  private static final int BUFFER = 1 << 16;

  /**
   * Looks at the first bytes of a file.
   *
   * @throws InputException if it cannot be read
   */
  static Source of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return new Source(
          file, start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Its bytes, unpacked.
   *
   * @param progress is told how many bytes of the file have been read
   */
  InputStream open(LongConsumer progress) throws IOException {
    InputStream bytes =
        new BufferedInputStream(new Counted(Files.newInputStream(file), progress), BUFFER);
    try {
      return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Its letters without a mark of byte order. Bytes that are none are an error. */
  Reader letters(Charset charset, LongConsumer progress) throws IOException {
    Reader reader =
        new BufferedReader(new InputStreamReader(open(progress), charset.newDecoder()), BUFFER);
    try {
      reader.mark(1);
      if (reader.read() != MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** What to say about a file that cannot be read. */
  InputException unreadable(IOException e) {
    return unreadable(file, e);
  }

  private static InputException unreadable(Path file, IOException e) {
    String reason =
        switch (e) {
          case CharacterCodingException _ ->
              "it has bytes that are no letters of its encoding; name the right one, such as"
                  + " --encoding windows-1252";
          case EOFException _ -> "it ends too early";
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "no permission to read it";
          default -> e.getMessage();
        };
    return new InputException("%s: cannot be read: %s".formatted(file, reason), e);
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      throw new UnsupportedOperationException("it is read in blocks");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        progress.accept(count);
      }
      return read;
    }
  }
}
