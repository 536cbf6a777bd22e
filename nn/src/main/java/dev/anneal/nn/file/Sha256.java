package dev.anneal.nn.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum of a file that contains it: of all bytes, with zeros for its own digits. */
final class Sha256 {
  static final int DIGITS = 64;

  /** What stands for the digits while they are computed. */
  static final String ZEROS = "0".repeat(DIGITS);

  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
