package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
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
 * </ul>
 *
 * <p>Tables of one's own are read by {@link dev.anneal.data.table.Table#read}.
 */
public final class DataSets {
  private static final String IONOSPHERE = "ionosphere";
  private static final String FASHION = "fashion-mnist";
  private static final String FASHION_FULL = "fashion-mnist-full";
  private static final List<String> NAMES = List.of(IONOSPHERE, FASHION, FASHION_FULL);

  private DataSets() {}

  /**
   * The names that can be opened.
   *
   * @return the names
   */
  public static List<String> names() {
    return NAMES;
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
    if (!name.equals(IONOSPHERE)) {
      throw unknown(name);
    }
    if (folder.isPresent()) {
      throw new InputException(
          "data set %s takes no data folder; leave out %s".formatted(name, folder.get()));
    }
    return Ionosphere.read(name);
  }

  private static InputException unknown(String name) {
    String hint = Messages.didYouMean(name, NAMES);
    return new InputException(
        "no data set is named \"%s\"%s; known: %s".formatted(name, hint, Messages.list(NAMES)));
  }
}
