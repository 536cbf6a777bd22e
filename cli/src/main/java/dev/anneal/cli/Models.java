package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.predict.ModelFile;
import dev.anneal.nn.predict.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models by the path of their file, or of the run that left it. */
final class Models {
  private Models() {}

  static Predictor open(Path path, Catalogue catalogue) {
    Path file = Files.isDirectory(path) ? path.resolve(ModelFile.NAME) : path;
    if (Files.isDirectory(path) && !Files.exists(file)) {
      throw new InputException(
          "%s has no %s: the run is not finished; go on with: anneal resume %s"
              .formatted(path, ModelFile.NAME, path));
    }
    return Predictor.of(ModelFile.read(file), catalogue);
  }
}
