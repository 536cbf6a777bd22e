package dev.anneal.nn;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers in turn, as {@code dense(64), relu, dropout(0.2)}. The output layer may be left out: it
 * has one output and a sigmoid for two classes, else an output for each class and a softmax. A
 * dense layer that ends the chain is the output layer.
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
  public Model model(int features, int classes) {
    int outputs = outputs(classes);
    List<Layer> all = new ArrayList<>(layers);
    if (all.getLast() instanceof Dense dense) {
      if (dense.units() != outputs) {
        throw new InputException(
            "the model ends in dense(%d), but %d classes take %s: end it in that, or in an activation"
                .formatted(dense.units(), classes, "dense(" + outputs + ")"));
      }
    } else if (all.getLast() != Activation.SOFTMAX && all.getLast() != Activation.SIGMOID) {
      all.add(new Dense(outputs));
    }
    if (all.getLast() instanceof Dense) {
      all.add(outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX);
    }
    return new Sequential(features, all);
  }

  private static int outputs(int classes) {
    return classes == 2 ? 1 : classes;
  }

  @Override
  public Loss loss(int classes) {
    return outputs(classes) == 1 ? CrossEntropy.BINARY : CrossEntropy.SPARSE_CATEGORICAL;
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
