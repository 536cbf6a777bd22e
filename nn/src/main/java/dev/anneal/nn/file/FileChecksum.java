package dev.anneal.nn.file;

import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The checksum of a file that contains it: the CRC-32 of all bytes (zlib's), with zeros for its own
 * digits. It notices any damage within 32 bits in a row and all but one of 2^32 others; it is no
 * signature. SHA-256 in its place took a third of the time of a checkpoint (2026-11-27).
 */
final class FileChecksum {
  static final int DIGITS = 8;

  /** What stands for the digits while they are computed. */
  static final String ZEROS = "0".repeat(DIGITS);

  private FileChecksum() {}

  static String hex(CRC32 sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
