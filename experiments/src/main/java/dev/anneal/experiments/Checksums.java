package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Numbers that tell whether weights, samples or files are the same. */
final class Checksums {
  private Checksums() {}

  /** Of weights as little-endian floats in their order. */
  static String sha256(float[] weights) {
    byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, weights.length)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(weights);
    return sha256(bytes);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of the samples that train and validate: all features and labels. */
  static String of(TrainingData data) {
    CRC32C crc = new CRC32C();
    add(crc, data.training());
    data.validation().ifPresent(samples -> add(crc, samples));
    return "%08x".formatted(crc.getValue());
  }

  private static void add(CRC32C crc, Samples samples) {
    int features = samples.features();
    float[] row = new float[features + samples.targets()];
    ByteBuffer bytes = bytes(row.length);
    for (int i = 0; i < samples.size(); i++) {
      samples.copy(i, row, 0);
      samples.target(i, row, features);
      bytes.clear().asFloatBuffer().put(row);
      crc.update(bytes);
    }
  }

  private static ByteBuffer bytes(int floats) {
    return ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, floats))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
