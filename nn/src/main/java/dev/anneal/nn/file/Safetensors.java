package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The content of a file in the format of Hugging Face's safetensors: texts and arrays, by name and
 * in order. Python reads such a file with {@code safetensors.numpy.load_file}, and files that
 * Python wrote are read here.
 *
 * <p>Files written here carry the SHA-256 of themselves, so that no damage goes unnoticed; it is
 * among the texts under the name {@code crc32}, which therefore nobody else can use.
 *
 * @param metadata texts by name
 * @param arrays arrays by name; their numbers are not copied, and must not change until written
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public record Safetensors(
    SequencedMap<String, String> metadata, SequencedMap<String, StoredArray> arrays) {
  /** Whether a file must carry its checksum. One that does is always held against it. */
  public enum Checksum {
    /** A file without is refused: it is one of ours, and must be whole. */
    REQUIRED,
    /** A file without is read: other programs write none. */
    IF_PRESENT
  }

  /**
   * Copies the maps.
   *
   * @throws InputException if a name cannot be written: it is one of the format's own, or not
   *     Unicode
   */
  public Safetensors {
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    arrays = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrays));
    if (metadata.containsKey(SafetensorsHeader.CHECKSUM)) {
      throw new InputException("no text can have the name \"crc32\": the file's checksum has it");
    }
    if (arrays.containsKey(SafetensorsHeader.METADATA)) {
      throw new InputException("no array can have the name \"__metadata__\": the texts have it");
    }
    metadata.forEach((key, text) -> {
      checkUnicode(key);
      checkUnicode(text);
    });
    arrays.keySet().forEach(Safetensors::checkUnicode);
  }

  private static void checkUnicode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InputException(
          "%s has half of a surrogate pair, which no file can keep"
              .formatted(SafetensorsHeader.quote(text)));
    }
  }

  /**
   * Reads a file. Nothing is allocated that is larger than the file.
   *
   * @param file which
   * @param checksum whether it must carry its checksum
   * @return its content; numbers of 16 bits are widened to 32
   * @throws InputException if it cannot be read, breaks a rule of the format, has numbers of
   *     another type, or is damaged
   */
  public static Safetensors read(Path file, Checksum checksum) {
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file.toString(), channel, channel.size(), checksum);
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }

  /**
   * Reads from a channel.
   *
   * @param source what messages call it
   * @param channel at the beginning
   * @param length how many bytes there are
   * @param checksum whether they must carry their checksum
   * @return the content; numbers of 16 bits are widened to 32
   * @throws InputException if they break a rule of the format, have numbers of another type, or are
   *     damaged
   * @throws IOException if the channel fails
   */
  public static Safetensors read(
      String source, ReadableByteChannel channel, long length, Checksum checksum)
      throws IOException {
    return new SafetensorsReader(source, channel, length).read(checksum);
  }

  /**
   * Writes a file that appears complete or not at all; returns when it is on the disk.
   *
   * @param file which; it is replaced if it exists
   * @throws InputException if it cannot be written; an earlier file is left as it was
   */
  public void write(Path file) {
    try {
      AtomicFile.write(Storage.DISK, file, this::writeTo);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /**
   * Writes to a channel, through a buffer of a fixed size.
   *
   * @param channel where to
   * @throws IOException if the channel fails
   */
  public void writeTo(WritableByteChannel channel) throws IOException {
    new SafetensorsWriter(this).writeTo(channel);
  }
}
