package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.core.sample.Samples;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets that have a name.
 *
 * <ul>
 *   <li>{@code ionosphere}: radar returns (Sigillito et al., 1989), 351 rows of 34 numbers from -1
 *       to 1 in the original order; classes {@code b} and {@code g}. Embedded.
 *   <li>{@code fashion-mnist}: 20,000 training images of Zalando's clothes (2017), 784 pixels from
 *       0 to 1, ten classes, in random order. Embedded. With a folder: all images, as below.
 *   <li>{@code fashion-mnist-full}: all 60,000 training and 10,000 test images, from a given folder
 *       of the four IDX files (gzipped or not), from Debian's package {@code
 *       dataset-fashion-mnist}, or downloaded once and verified.
 *   <li>{@code csv:FILE}: comma-separated numbers with the label in the last column. A first line
 *       without numbers is a header. Classes are sorted: by value if all are numbers, else by text.
 * </ul>
 */
public final class DataSets {
  private static final String IONOSPHERE = "ionosphere";
  private static final String FASHION = "fashion-mnist";
  private static final String FASHION_FULL = "fashion-mnist-full";
  private static final String CSV = "csv:";
  private static final List<String> NAMES = List.of(IONOSPHERE, FASHION, FASHION_FULL, "csv:FILE");

  private DataSets() {}

  /**
   * The names that can be opened.
   *
   * @return the names; {@code csv:FILE} stands for any file
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Whether data are a file of the user's own.
   *
   * @param name of a data set
   * @return false for those that come with this library, or from their authors
   */
  public static boolean isFile(String name) {
    return name.startsWith(CSV);
  }

  /**
   * Opens a data set where it is usually found.
   *
   * @param name one of {@link #names()}
   * @return the data, in memory
   * @throws InputException if the name is unknown or the data cannot be read
   */
  public static DataSet open(String name) {
    return open(name, Optional.empty());
  }

  /**
   * Opens a data set.
   *
   * @param name one of {@link #names()}
   * @param folder where the files of Fashion-MNIST are; no other data set takes a folder
   * @return the data, in memory
   * @throws InputException if the name is unknown, the folder is of no use, or the data cannot be
   *     read
   */
  public static DataSet open(String name, Optional<Path> folder) {
    if (name.equals(FASHION) || name.equals(FASHION_FULL)) {
      return folder
          .map(files -> FashionMnist.full(name, files))
          .orElseGet(
              () -> name.equals(FASHION) ? FashionMnist.subset(name) : FashionMnist.full(name));
    }
    boolean csv = isFile(name);
    if (!csv && !name.equals(IONOSPHERE)) {
      throw unknown(name);
    }
    if (folder.isPresent()) {
      throw new InputException(
          "data set %s takes no data folder; leave out %s".formatted(name, folder.get()));
    }
    return csv ? Csv.read(path(name)) : ionosphere();
  }

  /**
   * Opens data for a model that is trained already.
   *
   * @param name one of {@link #names()}; a CSV file may lack the column of labels
   * @param folder where the files of Fashion-MNIST are; no other data set takes a folder
   * @param features numbers that the model takes
   * @param classNames what the model calls its classes
   * @param labelsNeeded whether labels must be there, and be of these classes
   * @return the samples; of a data set that has test samples of its own, these
   * @throws InputException if the name is unknown, the data cannot be read, or the model takes
   *     others
   */
  public static NewData openNew(
      String name,
      Optional<Path> folder,
      int features,
      List<String> classNames,
      boolean labelsNeeded) {
    if (isFile(name) && folder.isEmpty()) {
      return Csv.readNew(path(name), features, classNames, labelsNeeded);
    }
    DataSet set = open(name, folder);
    Samples samples = set.test().orElse(set.samples());
    if (samples.features() != features) {
      throw new InputException(
          "the model takes %d numbers a sample, but %s has %d"
              .formatted(features, name, samples.features()));
    }
    if (labelsNeeded && !set.classNames().equals(classNames)) {
      throw new InputException(
          "the classes of the model are %s, those of %s %s"
              .formatted(Messages.list(classNames), name, Messages.list(set.classNames())));
    }
    return new NewData(samples, true);
  }

  private static DataSet ionosphere() {
    InputStream rows = DataSets.class.getResourceAsStream("ionosphere.csv");
    if (rows == null) {
      throw new IllegalStateException("ionosphere.csv is missing from the module");
    }
    return Csv.read(
        IONOSPHERE,
        "ionosphere.csv",
        "Ionosphere, V. Sigillito et al., 1989, UCI, https://doi.org/10.24432/C5W01B, CC BY 4.0",
        rows);
  }

  private static Path path(String name) {
    String file = name.substring(CSV.length());
    try {
      if (!file.isBlank()) {
        return Path.of(file);
      }
    } catch (InvalidPathException e) {
      throw new InputException("data set csv: the file's name is not valid: " + e.getReason(), e);
    }
    throw new InputException("data set csv: the file is missing; write csv:FILE");
  }

  private static InputException unknown(String name) {
    String hint =
        name.endsWith(".csv")
            ? " (did you mean \"%s%s\"?)".formatted(CSV, name)
            : Messages.didYouMean(name, NAMES);
    return new InputException(
        "no data set is named \"%s\"%s; known: %s".formatted(name, hint, Messages.list(NAMES)));
  }
}
