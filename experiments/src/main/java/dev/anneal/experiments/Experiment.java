package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.training.EarlyStopping;
import dev.anneal.nn.training.Guard;
import dev.anneal.nn.training.Monitor;
import java.util.List;
import java.util.Optional;

/**
 * The description of a run: all that decides its result, but for the data itself. Equal experiments
 * on equal data end with the same bits. Its text is YAML with the names of the command's options.
 *
 * @param name what the user calls the run
 * @param tags words to find it by
 * @param data where the samples are from
 * @param model the network
 * @param loss what it minimizes; that of the task where there is none
 * @param balanced whether each class weighs the same in it, however many samples it has
 * @param groups how it is trained
 * @param epochs how often to go through the training samples, at least 1
 * @param batch samples for an update, at least 1
 * @param seed of all random numbers
 * @param stopping when to end earlier, if ever
 * @param best by what the best epoch is found whose weights are put back at the end, if they are
 * @param diagnosed whether what the optimizer does is looked at, which changes no bit
 * @param guard what to do about a step whose numbers are not finite
 */
public record Experiment(
    String name,
    List<String> tags,
    DataSource data,
    Architecture model,
    Optional<Loss> loss,
    boolean balanced,
    Groups groups,
    int epochs,
    int batch,
    long seed,
    Optional<EarlyStopping> stopping,
    Optional<Monitor> best,
    boolean diagnosed,
    Guard guard) {

  /** Checks the numbers. */
  public Experiment {
    tags = List.copyOf(tags);
    if (epochs < 1) {
      throw new InputException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new InputException("batch must be at least 1, not " + batch);
    }
  }

  /**
   * Reads a description. What it leaves out is as usual for its data ({@link Preset}).
   *
   * @param source what messages call the text
   * @param text YAML with option names, such as {@code epochs: 20}
   * @param catalogue knows the plugins
   * @return the experiment
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public static Experiment parse(String source, String text, Catalogue catalogue) {
    SpecYaml yaml = SpecYaml.parse(source, text);
    yaml.checkKnown(ExperimentText.KEYS, "an experiment");
    return of(yaml, catalogue);
  }

  /**
   * Makes an experiment of options.
   *
   * @param options texts by name; others than those of an experiment mean nothing to it
   * @param catalogue knows the plugins
   * @return the experiment
   * @throws InputException if one has a wrong value, or has no effect beside the others
   */
  public static Experiment of(SpecYaml options, Catalogue catalogue) {
    return new ExperimentText(options, catalogue).read();
  }

  /**
   * The description as text that reads back equal.
   *
   * @return YAML
   * @throws InputException if an optimizer or a schedule has no notation
   */
  public String print() {
    return ExperimentText.print(this);
  }

  /**
   * The same with another seed, on the same samples.
   *
   * @param other of all random numbers but those that draw samples
   * @return a copy
   */
  public Experiment withSeed(long other) {
    return other == seed ? this : on(data.drawnWith(seed), other);
  }

  /**
   * The same on other samples.
   *
   * @param other where they are from
   * @param drawn the seed of all random numbers
   * @return a copy
   */
  public Experiment on(DataSource other, long drawn) {
    return new Experiment(
        name, tags, other, model, loss, balanced, groups, epochs, batch, drawn, stopping, best,
        diagnosed, guard);
  }

  /**
   * The same where the samples that would validate train too, and the same ones test.
   *
   * @return a copy
   */
  public Experiment withoutValidation() {
    return on(data.withoutValidation(), seed);
  }

  /**
   * The same for more or fewer epochs.
   *
   * @param number at least 1
   * @return a copy
   */
  public Experiment withEpochs(int number) {
    return new Experiment(
        name, tags, data, model, loss, balanced, groups, number, batch, seed, stopping, best,
        diagnosed, guard);
  }
}
