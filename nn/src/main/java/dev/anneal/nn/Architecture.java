package dev.anneal.nn;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import java.util.List;

/**
 * What a network is made of, whatever the data: sizes of layers, layers, or Java code. As text it
 * is {@code 784-512-200-10}, {@code dense(64), relu, dropout(0.2)}, or {@code java:NAME}.
 */
public sealed interface Architecture permits Mlp, LayerChain, JavaModel {
  /**
   * The network for some data.
   *
   * @param shape how the numbers of a sample belong together, as {@link
   *     dev.anneal.core.sample.Samples#shape} has it
   * @param classes how many there are; 0 if labels are real numbers, one a sample
   * @return the model, ending in as many outputs as the classes take; for real numbers in one,
   *     which is linear
   * @throws InputException if it cannot be one for such data
   */
  Model model(List<Integer> shape, int classes);

  /**
   * The network for rows of numbers.
   *
   * @param features numbers of a sample
   * @param classes how many there are; 0 if labels are real numbers, one a sample
   * @return the model
   * @throws InputException if it cannot be one for such data
   */
  default Model model(int features, int classes) {
    return model(List.of(features), classes);
  }

  /**
   * What to minimize.
   *
   * @param classes how many there are; 0 if labels are real numbers
   * @return the loss that fits the outputs: cross-entropy, or for real numbers the mean squared
   *     error
   */
  Loss loss(int classes);

  /**
   * The text that reads back as an equal architecture; of a perceptron only its sizes.
   *
   * @return see {@link #parse}
   */
  String print();

  /**
   * Reads an architecture.
   *
   * @param text sizes joined by hyphens, features first; or {@code linear}; or layers separated by
   *     commas, where the output layer may be left out
   * @param catalogue knows the layers
   * @return the architecture
   * @throws InputException if it is neither
   */
  static Architecture parse(String text, Catalogue catalogue) {
    String stripped = text.strip();
    if (stripped.startsWith(JavaModel.PREFIX)) {
      throw new InputException(
          "the model \"%s\" is built by Java code: load it from Java, with its builder"
              .formatted(Messages.brief(stripped.substring(JavaModel.PREFIX.length()))));
    }
    boolean sizes =
        stripped.isEmpty() || Character.isDigit(stripped.charAt(0)) || Mlp.isLinear(stripped);
    return sizes ? Mlp.parse(text) : LayerChain.parse(text, catalogue);
  }
}
