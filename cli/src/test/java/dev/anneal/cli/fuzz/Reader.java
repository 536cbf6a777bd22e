package dev.anneal.cli.fuzz;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.cli.Command;
import dev.anneal.data.DataSets;
import dev.anneal.data.finding.TableFindings;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.table.Table;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.MetricsFile;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.file.Safetensors;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.group.Groups;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * What reads files and texts that strangers may have written. Reading ends with success or an
 * {@link InputException}; what was read is also held against what it is written as.
 */
enum Reader implements FuzzTarget.Reading {
  /** A table that becomes samples, by a pipeline that is written and read on the way. */
  CSV {
    @Override
    public void read(byte[] input) throws IOException {
      Table table = Table.read(Files.write(FOLDER.resolve("a.csv"), input));
      Pipeline pipeline = Pipeline.fit(table, Preparation.USUAL);
      readsBack(pipeline.print(), Reader::pipeline, own -> own);
      pipeline.samples(table);
    }
  },

  /** A table of any dialect, and what is found in it. */
  TABLE {
    @Override
    public void read(byte[] input) throws IOException {
      Table table = Table.read(Files.write(FOLDER.resolve("table.csv"), input));
      TableFindings.of(table, Preparation.USUAL, Set.of());
    }
  },

  /** One of the four files of Fashion-MNIST, which the first byte chooses. */
  IDX {
    @Override
    public void read(byte[] input) throws IOException {
      int chosen = input.length == 0 ? 0 : Math.floorMod(input[0], IDX_FILES.length);
      for (int i = 0; i < IDX_FILES.length; i++) {
        Files.write(
            FOLDER.resolve(IDX_FILES[i]), i == chosen ? withoutFirst(input) : ONE_IDX[i % 2]);
      }
      DataSets.open("fashion-mnist", Optional.of(FOLDER));
    }
  },

  /** Such a file before it is packed, since no change of packed bytes gets through a checksum. */
  PACKED_IDX {
    @Override
    public void read(byte[] input) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      int first = Math.min(1, input.length);
      packed.write(input, 0, first);
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(input, first, input.length - first);
      }
      IDX.read(packed.toByteArray());
    }
  },

  /** Arrays. */
  SAFETENSORS {
    @Override
    public void read(byte[] input) throws IOException {
      Safetensors.read(
          "a",
          Channels.newChannel(new ByteArrayInputStream(input)),
          input.length,
          Safetensors.Checksum.IF_PRESENT);
    }
  },

  /** The header of such a file in a line, and the numbers behind it: its length always fits. */
  SAFETENSORS_LINE {
    @Override
    public void read(byte[] input) throws IOException {
      int end = 0;
      while (end < input.length && input[end] != '\n') {
        end++;
      }
      ByteBuffer file =
          ByteBuffer.allocate(Long.BYTES + input.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(end)
              .put(input, 0, end);
      if (end < input.length) {
        file.put(input, end + 1, input.length - end - 1);
      }
      SAFETENSORS.read(Arrays.copyOf(file.array(), file.position()));
    }
  },

  /** How tables are prepared, as a model keeps it. */
  PIPELINE {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), Reader::pipeline, own -> own);
    }
  },

  /** What a run recorded. */
  METRICS {
    @Override
    public void read(byte[] input) throws IOException {
      MetricsFile.read(Files.write(FOLDER.resolve("metrics.jsonl"), input));
    }
  },

  /** What was recorded elsewhere. */
  METRICS_CSV {
    @Override
    public void read(byte[] input) throws IOException {
      MetricsFile.read(Files.write(FOLDER.resolve("metrics.csv"), input));
    }
  },

  /** What Keras or PyTorch saved. */
  SAVED {
    @Override
    public void read(byte[] input) throws IOException {
      Path file = Files.write(FOLDER.resolve("saved.json"), input);
      Command command = Command.run("schedule", "--from", file.toString());
      if (command.exit() == 2 && command.errLines().size() == 1) {
        throw new InputException(command.err().strip());
      }
      if (command.exit() != 0) {
        throw new AssertionError(command.exit() + ": " + command.err());
      }
    }
  },

  /** The description of a run. */
  EXPERIMENT {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), text -> Experiment.parse("a", text, CATALOGUE), Experiment::print);
    }
  },

  /** The notation of a schedule. */
  SCHEDULE {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), CATALOGUE::schedule, Catalogue::print);
    }
  },

  /** The notation of an optimizer. */
  OPTIMIZER {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), CATALOGUE::optimizer, Catalogue::print);
    }
  },

  /** Several specifications. */
  LIST {
    @Override
    public void read(byte[] input) {
      CATALOGUE.parseList(Schedule.class, text(input));
    }
  },

  /** Changes to an optimizer. */
  CHANGE {
    @Override
    public void read(byte[] input) {
      CATALOGUE.change(Optimizer.class, CATALOGUE.optimizer("sgd"), text(input));
    }
  },

  /** Groups of parameters. */
  GROUPS {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), text -> Groups.parse(text, CATALOGUE), Groups::print);
    }
  },

  /** Layers. */
  ARCHITECTURE {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), text -> Architecture.parse(text, CATALOGUE), Architecture::print);
    }
  },

  /** Sizes of layers. */
  PERCEPTRON {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), Mlp::parse, Mlp::print);
    }
  },

  /** Where weights start. */
  INITIALIZER {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), Initializer::parse, Initializer::toString);
    }
  },

  /** A length of training. */
  DURATION {
    @Override
    public void read(byte[] input) {
      readsBack(text(input), Duration::parse, Duration::toString);
    }
  };

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Path FOLDER = folder();

  private static final String[] IDX_FILES = {
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte"
  };

  /** An image of one pixel, and its label. */
  private static final byte[][] ONE_IDX = {
    {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7}, {0, 0, 8, 1, 0, 0, 0, 1, 3}
  };

  /** The name of the folder with its seeds. */
  String folderName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "fuzz")), "files");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] withoutFirst(byte[] input) {
    return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
  }

  /** A pipeline as it is written. */
  private static String pipeline(String text) {
    return Pipeline.parse("text", text).print();
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private static <T> void readsBack(
      String text, Function<String, T> read, Function<T, String> write) {
    T value = read.apply(text);
    String written = write.apply(value);
    T again;
    try {
      again = read.apply(written);
    } catch (InputException e) {
      throw new AssertionError("written as " + written + ", which does not read back", e);
    }
    if (!again.equals(value)) {
      throw new AssertionError(value + " is written as " + written + ", which reads as " + again);
    }
  }
}
