package dev.anneal.nn.training;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.DescribedModel;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.TracedModel;
import dev.anneal.nn.plan.GroupUpdate;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what trains with, for a model and a machine.
 *
 * @param model the model
 * @param loss what to minimize
 * @param store the weights
 * @param inputs where batches come from
 * @param drawn a stream for what the model draws
 * @param noise a stream for what optimizers draw
 * @param width how many floats at a time
 * @param workers who computes
 * @param fuse whether weights may be adjusted while a gradient is computed
 */
record PlanFactory(
    DescribedModel model,
    Loss loss,
    ParameterStore store,
    Inputs inputs,
    RandomStream drawn,
    RandomStream noise,
    Width width,
    Workers workers,
    boolean fuse) {

  /**
   * Puts an optimizer to work.
   *
   * @param group which group it is for, from 0
   */
  Update update(int group, Optimizer optimizer, List<Parameter> parameters) {
    List<Matrix> weights = parameters.stream().map(store::matrix).toList();
    return new Update(optimizer, weights, noise.child(group), width, workers);
  }

  /**
   * Compiles a plan.
   *
   * @param all what it trains
   * @param pass which of the gradients of a step it computes
   * @param keep whether all gradients are to be kept
   */
  Plan plan(List<GroupUpdate> all, int pass, boolean keep) {
    Set<Parameter> parameters =
        all.stream().flatMap(each -> each.parameters().stream()).collect(Collectors.toSet());
    Program program = model.training(loss, parameters);
    return new Plan(program, store, inputs, drawn, width, workers, all, pass, fuse && !keep);
  }

  /**
   * Compiles what makes running values.
   *
   * @param trained the weights that are not frozen
   * @return nothing where there are no such values
   */
  Optional<StatisticsPlan> statistics(Set<Parameter> trained) {
    TracedModel traced = model.statistics(trained);
    if (traced.followed().isEmpty()) {
      return Optional.empty();
    }
    Plan plan =
        new Plan(
            traced.prediction(),
            store,
            inputs.another(),
            drawn,
            width,
            workers,
            List.of(),
            0,
            false);
    return Optional.of(new StatisticsPlan(plan, traced.followed()));
  }

  /**
   * Compiles what measures the model.
   *
   * @param batch the largest batch
   */
  Plan evaluation(int batch) {
    return new Plan(model.evaluation(loss), store, model.features(), batch, drawn, width, workers);
  }
}
