package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples that lie in a file, of which only what a batch takes is ever in memory: training asks for
 * samples one by one, from several threads, and for nothing else.
 */
class MappedSamplesTest {
  private static final Samples IN_MEMORY = TestData.clouds(500, 20, 3);

  @TempDir private Path folder;

  /** Records of a fixed length: the features, then the class, each four bytes, big endian. */
  private record Mapped(MemorySegment file, int features, int classes) implements Samples {
    private static final ValueLayout.OfFloat NUMBER =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static void write(Samples samples, Path to) throws IOException {
      int columns = samples.features() + 1;
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * columns * samples.size());
      float[] row = new float[columns];
      for (int i = 0; i < samples.size(); i++) {
        samples.copy(i, row, 0);
        row[columns - 1] = samples.label(i);
        bytes.asFloatBuffer().put(row);
        bytes.position(bytes.position() + Float.BYTES * columns);
      }
      Files.write(to, bytes.array());
    }

    /** Any thread may read the file until the arena is closed. */
    static Mapped open(Path file, Arena arena, int features, int classes) throws IOException {
      try (FileChannel channel = FileChannel.open(file)) {
        return new Mapped(
            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
            features,
            classes);
      }
    }

    private long length() {
      return (long) Float.BYTES * (features + 1);
    }

    @Override
    public int size() {
      return Math.toIntExact(file.byteSize() / length());
    }

    @Override
    public void copy(int sample, float[] to, int at) {
      MemorySegment.copy(file, NUMBER, sample * length(), to, at, features);
    }

    @Override
    public int label(int sample) {
      return (int) file.get(NUMBER, (sample + 1) * length() - Float.BYTES);
    }
  }

  private static Trainer fit(Samples samples) {
    Mlp mlp = Mlp.parse("20-16-3");
    try (Trainer trainer =
        Training.of(mlp.model(), mlp.loss(), TestData.optimizer("adam"))
            .epochs(2)
            .validation(samples)
            .fit(samples)) {
      return trainer;
    }
  }

  @Test
  void trainingOnAFileIsTrainingOnItsContent() throws IOException {
    Path file = folder.resolve("samples");
    Mapped.write(IN_MEMORY, file);
    try (Arena arena = Arena.ofShared()) {
      Samples mapped = Mapped.open(file, arena, 20, 3);
      assertEquals(500, mapped.size());
      Trainer trained = fit(mapped);
      Trainer expected = fit(IN_MEMORY);
      assertArrayEquals(expected.weights(), trained.weights());
      assertEquals(
          expected.history().last().value("val_loss"),
          trained.history().last().value("val_loss"),
          0);
    }
  }
}
