package dev.anneal.nn;

import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import java.util.List;

/**
 * A model that Java code builds. Records know it by its name alone: who reads them needs the code.
 *
 * @param name tells it from others
 * @param built the model
 * @param minimized what to minimize
 */
public record JavaModel(String name, Model built, Loss minimized) implements Architecture {
  static final String PREFIX = "java:";

  @Override
  public Model model(List<Integer> shape, int classes) {
    return built;
  }

  @Override
  public Loss loss(int classes) {
    return minimized;
  }

  @Override
  public String print() {
    return PREFIX + name;
  }
}
