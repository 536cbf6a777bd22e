package dev.anneal.nn;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers in turn, as {@code dense(64), relu, dropout(0.2)}. The output layer may be left out: it
 * has one output and a sigmoid for two classes, one output as it is for real numbers, else an
 * output for each class and a softmax. A dense layer that ends the chain is the output layer.
 *
 * @param layers from the first to the last, at least one
 */
public record LayerChain(List<Layer> layers) implements Architecture {
  /** Copies the list. */
  public LayerChain {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new InputException("a model needs at least one layer");
    }
  }

  /**
   * Reads layers.
   *
   * @param text specifications separated by commas
   * @param catalogue knows the layers
   * @return the chain
   * @throws InputException if it cannot be read; the message says where and why
   */
  public static LayerChain parse(String text, Catalogue catalogue) {
    return new LayerChain(catalogue.parseList(Layer.class, text));
  }

  @Override
  public Model model(List<Integer> shape, int classes) {
    Outputs outputs = new Outputs(classes);
    List<Layer> all = new ArrayList<>(layers);
    if (all.getLast() instanceof Dense dense) {
      if (dense.units() != outputs.count()) {
        throw new InputException(
            "the model ends in dense(%d), but %s take dense(%d): end it in that, or in an activation"
                .formatted(dense.units(), outputs.owner(), outputs.count()));
      }
    } else if (classes == 0 || !isProbability(all.getLast())) {
      all.add(new Dense(outputs.count()));
    }
    if (all.getLast() instanceof Dense) {
      outputs.activation().ifPresent(all::add);
    }
    return new Sequential(shape, all);
  }

  private static boolean isProbability(Layer layer) {
    return layer == Activation.SOFTMAX || layer == Activation.SIGMOID;
  }

  @Override
  public Loss loss(int classes) {
    return new Outputs(classes).loss();
  }

  @Override
  public String print() {
    return layers.stream().map(Catalogue::print).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return print();
  }
}
