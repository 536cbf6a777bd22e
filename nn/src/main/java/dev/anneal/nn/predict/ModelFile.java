package dev.anneal.nn.predict;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.LayerChain;
import dev.anneal.nn.file.Safetensors;
import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.layer.Axes;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A trained model as a file keeps it: its weights under their names, and what it takes to use them.
 * The file is one in the format of safetensors, so that Python reads the weights as they are.
 *
 * @param architecture its layers as text, or {@code java:NAME} where code builds it
 * @param shape how the numbers of a sample belong together
 * @param classNames the names of the classes, in the order of the labels
 * @param experiment the description of the run that trained it, as text; empty where there is none
 * @param preparation how its samples were made, as text; empty where they came as they are
 * @param weights by name; not to be changed
 */
public record ModelFile(
    String architecture,
    List<Integer> shape,
    List<String> classNames,
    String experiment,
    String preparation,
    SequencedMap<String, StoredArray> weights) {
  private static final String FORMAT = "format";
  private static final String ANNEAL_MODEL = "anneal-model-1";
  private static final String ARCHITECTURE = "architecture";
  private static final String FEATURES = "features";
  private static final String CLASSES = "classes";
  private static final String EXPERIMENT = "experiment";
  private static final String PREPARATION = "preparation";
  private static final String BUILT = "java:";

  /** The name of the file in the folder of a run. */
  public static final String NAME = "model.safetensors";

  /** Copies the collections. */
  public ModelFile {
    shape = List.copyOf(shape);
    classNames = List.copyOf(classNames);
    weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
  }

  /**
   * A model with its weights.
   *
   * @param model what was trained
   * @param name what to call it where it is no chain of layers, and code must build it again
   * @param weights of {@link Model#parameters()}, one after the other, each row-major
   * @param classNames the names of the classes
   * @param experiment the description of the run, as text
   * @param preparation how its samples were made, as text; empty where they came as they are
   * @return the file's content
   */
  public static ModelFile of(
      Model model,
      String name,
      float[] weights,
      List<String> classNames,
      String experiment,
      String preparation) {
    SequencedMap<String, StoredArray> byName = new LinkedHashMap<>();
    int at = 0;
    for (Parameter each : model.parameters()) {
      float[] own = Arrays.copyOfRange(weights, at, at + each.size());
      byName.put(each.name(), StoredArray.of(own, each.rows(), each.columns()));
      at += each.size();
    }
    String architecture =
        model instanceof Sequential chain ? new LayerChain(chain.layers()).print() : BUILT + name;
    return new ModelFile(architecture, model.shape(), classNames, experiment, preparation, byName);
  }

  /**
   * Reads a file.
   *
   * @param file in the form that {@link #write} gives it
   * @return its content
   * @throws InputException if it cannot be read, is damaged, or holds no model
   */
  public static ModelFile read(Path file) {
    Safetensors content = Safetensors.read(file, Safetensors.Checksum.REQUIRED);
    SequencedMap<String, String> texts = content.metadata();
    if (!ANNEAL_MODEL.equals(texts.get(FORMAT))) {
      throw new InputException(
          "%s: it holds no model of the form %s, but %s"
              .formatted(file, ANNEAL_MODEL, texts.getOrDefault(FORMAT, "something else")));
    }
    return new ModelFile(
        text(file, texts, ARCHITECTURE),
        shape(file, texts),
        NameList.parse(file, text(file, texts, CLASSES)),
        text(file, texts, EXPERIMENT),
        texts.getOrDefault(PREPARATION, ""),
        content.arrays());
  }

  private static String text(Path file, SequencedMap<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new InputException("%s: the model has no \"%s\"".formatted(file, key));
    }
    return text;
  }

  private static List<Integer> shape(Path file, SequencedMap<String, String> texts) {
    String text = text(file, texts, FEATURES);
    try {
      return Axes.parse(text).extents();
    } catch (InputException _) {
      throw new InputException("%s: the model has \"%s\" features".formatted(file, text));
    }
  }

  /**
   * Writes a file that appears complete or not at all.
   *
   * @param file where to
   * @throws InputException if it cannot be written; an earlier file is left as it was
   */
  public void write(Path file) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put(FORMAT, ANNEAL_MODEL);
    texts.put(ARCHITECTURE, architecture);
    texts.put(FEATURES, new Axes(shape).toString());
    texts.put(CLASSES, NameList.print(classNames));
    texts.put(EXPERIMENT, experiment);
    if (!preparation.isEmpty()) {
      texts.put(PREPARATION, preparation);
    }
    new Safetensors(texts, weights).write(file);
  }

  /**
   * The model, without its weights.
   *
   * @param catalogue knows the layers
   * @return a chain of layers
   * @throws InputException if code must build it, or a layer is not known
   */
  public Model model(Catalogue catalogue) {
    if (architecture.startsWith(BUILT)) {
      throw new InputException(
          "the model \"%s\" is built by Java code: load it from Java, with its builder"
              .formatted(architecture.substring(BUILT.length())));
    }
    return new Sequential(shape, catalogue.parseList(Layer.class, architecture));
  }
}
