package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model whose computation has been written out: {@link #forward} is called once for each {@link
 * Mode}, however often it is asked for weights, outputs or programs. A layer that computes
 * something else while it is {@linkplain Scope#frozen frozen} is written out again for other frozen
 * weights.
 *
 * <p>Any thread may ask.
 */
public final class DescribedModel implements Model {
  private final Model model;
  private final Map<Mode, TracedModel> traced = new EnumMap<>(Mode.class);

  private DescribedModel(Model model) {
    this.model = model;
  }

  /**
   * Remembers what a model describes.
   *
   * @param model any
   * @return the same model
   */
  public static DescribedModel of(Model model) {
    return model instanceof DescribedModel described ? described : new DescribedModel(model);
  }

  /**
   * The computation, with all that is trained.
   *
   * @param mode what for
   * @return always the same one
   * @throws InputException if the model has other weights in another mode, or does not fit together
   */
  public synchronized TracedModel traced(Mode mode) {
    TracedModel known = traced.get(mode);
    if (known == null) {
      known = TracedModel.of(model, mode, Parameter::trained);
      for (TracedModel other : traced.values()) {
        check(other, known);
      }
      traced.put(mode, known);
    }
    return known;
  }

  private static void check(TracedModel one, TracedModel other) {
    if (!Set.copyOf(one.parameters()).equals(Set.copyOf(other.parameters()))) {
      throw new InputException(
          "the model describes other weights when it trains than when it is evaluated: %s, and %s"
              .formatted(names(one), names(other)));
    }
  }

  private static String names(TracedModel traced) {
    return Messages.list(traced.parameters().stream().map(Parameter::name).toList());
  }

  /**
   * The computation of a training step of which only some weights are adjusted.
   *
   * @param loss what to minimize
   * @param trained these
   * @return prediction, loss and their gradients
   */
  public synchronized Program training(Loss loss, Collection<Parameter> trained) {
    TracedModel all = traced(Mode.TRAINING);
    TracedModel some =
        all.dependsOnFrozen() ? TracedModel.of(model, Mode.TRAINING, trained::contains) : all;
    return some.program(loss, trained);
  }

  /**
   * The computation of the running values of layers.
   *
   * @param trained the weights that are not frozen
   * @return the values, and what follows them
   */
  public synchronized TracedModel statistics(Collection<Parameter> trained) {
    TracedModel all = traced(Mode.STATISTICS);
    return all.dependsOnFrozen() ? TracedModel.of(model, Mode.STATISTICS, trained::contains) : all;
  }

  /**
   * The computation of the output alone.
   *
   * @return as when the model is evaluated
   */
  public synchronized Program prediction() {
    return traced(Mode.EVALUATION).prediction();
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public List<Integer> shape() {
    return model.shape();
  }

  @Override
  public Node forward(Scope scope, Node features) {
    return model.forward(scope, features);
  }

  @Override
  public List<LayerInfo> layerInfos() {
    return traced(Mode.EVALUATION).scope().layerInfos();
  }

  @Override
  public List<Parameter> parameters() {
    return traced(Mode.EVALUATION).parameters();
  }

  @Override
  public Map<String, Schedule> schedules() {
    return traced(Mode.TRAINING).scope().schedules();
  }

  @Override
  public int outputs() {
    return traced(Mode.EVALUATION).output().shape().columns();
  }

  @Override
  public synchronized Program training(Loss loss) {
    return traced(Mode.TRAINING).program(loss);
  }

  @Override
  public synchronized Program evaluation(Loss loss) {
    return traced(Mode.EVALUATION).program(loss);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DescribedModel that && model.equals(that.model);
  }

  @Override
  public int hashCode() {
    return model.hashCode();
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
