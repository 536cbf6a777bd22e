package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.util.List;

/**
 * Where an array lies in a file.
 *
 * @param name of the array
 * @param type of its numbers
 * @param shape its extents
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record HeaderEntry(String name, Dtype type, List<Long> shape, long begin, long end) {
  /** The longest array that all virtual machines allow. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /** Holds the shape against the bytes. */
  HeaderEntry {
    long count = Dtype.count(shape);
    if (begin > end || count != (end - begin) / type.bytes || (end - begin) % type.bytes != 0) {
      throw new InputException(
          "the array %s of type %s and shape %s does not fill the bytes %d to %d"
              .formatted(
                  SafetensorsHeader.quote(name),
                  type,
                  Messages.brief(shape.toString()),
                  begin,
                  end));
    }
    if (count > LONGEST) {
      throw new InputException(
          "the array %s has %d numbers; one that is read has at most %d: cut it in pieces"
              .formatted(SafetensorsHeader.quote(name), count, LONGEST));
    }
  }

  int count() {
    return (int) ((end - begin) / type.bytes);
  }
}
