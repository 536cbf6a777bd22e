package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Zalando's pictures of clothes: 28 x 28 grey pixels, ten classes. */
final class FashionMnist {
  static final String SUBSET = "fashion-mnist-20000.bin";
  static final int SUBSET_SIZE = 20_000;
  static final int SIDE = 28;
  static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private static final String SOURCE = "Fashion-MNIST, (c) 2017 Zalando SE, MIT licence";
  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /** 20,000 of the training images, in the random order in which they were drawn. */
  static DataSet subset(String name) {
    try (InputStream packed = FashionMnist.class.getResourceAsStream(SUBSET)) {
      if (packed == null) {
        throw new IllegalStateException(SUBSET + " is missing from the module");
      }
      Samples samples = PackedImages.read(packed, SUBSET_SIZE, SIDE, CLASSES.size());
      return new DataSet(name, samples, Optional.empty(), CLASSES, SOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(SUBSET + " is damaged", e);
    }
  }

  /**
   * All images, from the Debian package where it is installed, else from the cache, which is filled
   * by a download.
   */
  static DataSet full(String name) {
    return full(name, Files.isDirectory(DEBIAN) ? DEBIAN : FashionMnistDownload.official().fetch());
  }

  /** All images: training and test, from a folder with the four IDX files, gzipped or not. */
  static DataSet full(String name, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": no such folder; it should hold the four IDX files");
    }
    Samples train = images(folder, "train");
    Samples test = images(folder, "t10k");
    if (train.features() != test.features()) {
      throw new InputException(
          "%s: training images have %d pixels, test images %d"
              .formatted(folder, train.features(), test.features()));
    }
    return new DataSet(name, train, Optional.of(test), CLASSES, SOURCE);
  }

  private static Samples images(Path folder, String part) {
    Idx images = Idx.read(find(folder, part + "-images-idx3-ubyte"), 3);
    Idx labels = Idx.read(find(folder, part + "-labels-idx1-ubyte"), 1);
    if (images.shape[0] != labels.shape[0]) {
      throw Idx.error(
          labels.file,
          "%d labels for the %d images of %s"
              .formatted(labels.shape[0], images.shape[0], images.file.getFileName()));
    }
    for (int i = 0; i < labels.bytes.length; i++) {
      int label = labels.bytes[i] & 0xff;
      if (label >= CLASSES.size()) {
        throw Idx.error(labels.file, "label %d is %d, not 0 to 9".formatted(i + 1, label));
      }
    }
    return new ByteSamples(
        images.bytes, labels.bytes, images.shape[1], images.shape[2], CLASSES.size());
  }

  private static Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }
}
