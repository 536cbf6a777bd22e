package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.DescribedModel;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;

/**
 * A network that is trained in turn with others, and how.
 *
 * @param name tells it from the others in metrics
 * @param model computes what the loss is of; all models take the same features
 * @param loss what to minimize
 * @param groups which of the model's parameters are trained and how; those of the other networks
 *     are a {@linkplain Group#frozen frozen} group
 * @param every after how many batches there is an update, at least 1; schedules count updates
 */
public record Objective(String name, Model model, Loss loss, Groups groups, int every) {
  /** Checks the number. */
  public Objective {
    if (every < 1) {
      throw new InputException(
          "objective \"%s\" is to be updated every %d batches; at least 1".formatted(name, every));
    }
  }

  /** The model, described once. */
  DescribedModel described() {
    return DescribedModel.of(model);
  }

  /** The same, with a model that remembers what it describes. */
  Objective remembering() {
    return new Objective(name, DescribedModel.of(model), loss, groups, every);
  }

  /** Trained alone: its metrics need no name. */
  static Objective alone(Model model, Loss loss, Groups groups) {
    return new Objective("", model, loss, groups, 1);
  }
}
