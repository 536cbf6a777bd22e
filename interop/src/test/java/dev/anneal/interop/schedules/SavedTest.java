package dev.anneal.interop.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.SavedSchedule;
import dev.anneal.interop.Translators;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Saved configurations, beside the values of what saved them. */
class SavedTest {
  /** What Keras computed, which the schedules themselves are held against, too. */
  private static final Path GOLDEN =
      Path.of("..", "schedulers", "src", "test", "resources", "golden");

  private static final double RELATIVE = 1e-12;
  private static final double ROUNDING = 4e-16;

  private final Translators translators = Translators.load();

  private SavedSchedule read(String json, Unit stepped) {
    return translators.read(
        JsonMapper.shared().readValue(json, new TypeReference<Map<String, Object>>() {}), stepped);
  }

  private static String spec(SavedSchedule reading) {
    return Catalogue.print(reading.schedule());
  }

  @TestFactory
  Stream<DynamicTest> kerasConfigurationsGiveKerasValues() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String type : SavedKeras.CLASSES) {
      Path file =
          GOLDEN.resolve("keras_src_sched_%s.json".formatted(type.toLowerCase(Locale.ROOT)));
      for (JsonNode each : JsonMapper.shared().readTree(file.toFile()).get("cases")) {
        String bare = each.get("params").toString();
        String named = "{\"class_name\": \"%s\", \"config\": %s}".formatted(type, bare);
        String name = type + " " + each.get("case").asString();
        tests.add(
            DynamicTest.dynamicTest(
                name, () -> compare(read(named, Unit.EPOCH), 1, each.get("expected"))));
        if (!type.equals("ExponentialDecay") && !type.equals("InverseTimeDecay")) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + ", bare",
                  () -> assertEquals(spec(read(named, Unit.EPOCH)), spec(read(bare, Unit.EPOCH)))));
        }
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> whatPytorchSavesGivesItsValues() throws Exception {
    JsonNode all =
        PythonInterpreter.with("import torch")
            .run(Path.of("src", "test", "resources", "translate", "states.py"), "", List.of());
    assertEquals(12, all.size());
    return all.properties().stream()
        .flatMap(entry ->
            Stream.of(Unit.values())
                .map(unit ->
                    DynamicTest.dynamicTest(
                        entry.getKey() + " per " + unit,
                        () -> {
                          SavedSchedule reading =
                              read(entry.getValue().get("state").toString(), unit);
                          String type = entry.getKey().split(" ")[0];
                          assertTrue(
                              reading.notes().getFirst().contains(" " + type + ","),
                              reading.notes().toString());
                          compare(
                              reading, unit == Unit.EPOCH ? 10 : 1, entry.getValue().get("values"));
                        })));
  }

  private static void compare(SavedSchedule reading, int perTick, JsonNode expected) {
    assertTrue(expected.size() >= 100);
    for (int k = 0; k < expected.size(); k++) {
      double theirs = expected.get(k).asDouble();
      double ours = reading.schedule().at(Progress.at((long) k * perTick, 10, 1000));
      int at = k;
      assertTrue(
          Math.abs(ours - theirs)
              <= RELATIVE * Math.abs(theirs) + ROUNDING * Math.abs(expected.get(0).asDouble()),
          () -> "%s, step %d: %s, not %s".formatted(spec(reading), at, ours, theirs));
    }
  }

  @Test
  void aPlateauStartsFromTheLastRate() {
    SavedSchedule reading =
        read(
            """
            {"factor": 0.1, "min_lrs": [0.001], "patience": 5, "cooldown": 2, "mode": "max",
             "threshold": 0.01, "threshold_mode": "abs", "best": 0.9, "num_bad_epochs": 1,
             "eps": 1e-8, "last_epoch": 12, "_last_lr": [0.05]}
            """,
            Unit.EPOCH);
    assertEquals(
        "plateau(schedule=0.05, monitor=val_loss, mode=max, factor=0.1, patience=5, delta=0.01,"
            + " delta_is=value, cooldown=2, floor=0.001, dialect=torch, least_change=1e-8)",
        spec(reading));
    assertEquals(
        List.of(
            "Assumed to be PyTorch ReduceLROnPlateau, from its keys.",
            "The run stood at last_epoch=12, counted in epochs.",
            "The first rate is not saved: this starts from _last_lr, the rate where the run"
                + " stood.",
            "The metric is not saved: it is taken to be val_loss."),
        reading.notes());
  }

  @Test
  void groupsWithOtherRatesAreNoted() {
    SavedSchedule reading =
        read(
            "{\"class\": \"ExponentialLR\", \"gamma\": 0.9, \"base_lrs\": [0.5, 0.1]}", Unit.EPOCH);
    assertEquals(
        List.of("The parameter groups have different rates, [0.5, 0.1]: this is the first."),
        reading.notes());
  }

  @Test
  void anUnknownKeyIsQuotedInPart() {
    String key = "a\\n" + "b".repeat(1000);
    var error = assertThrows(InputException.class, () -> read("{\"" + key + "\": 1}", Unit.EPOCH));
    assertTrue(
        String.valueOf(error.getMessage())
            .startsWith(
                "no known schedule is saved with the keys a " + "b".repeat(98) + "...; known:"),
        error.getMessage());
  }

  @Test
  void aNoteIsOneLine() {
    SavedSchedule reading =
        read(
            "{\"class\": \"ExponentialLR\", \"gamma\": 0.9, \"base_lrs\": [0.5, \"a\\nb\"]}",
            Unit.EPOCH);
    assertEquals(
        List.of("The parameter groups have different rates, [0.5, a b]: this is the first."),
        reading.notes());
  }

  @Test
  void theNameOfAKerasObjectTellsTwinsApart() {
    String keys = "\"initial_learning_rate\": 0.1, \"decay_steps\": 10, \"decay_rate\": 0.5";
    assertEquals(
        "inverse-time(initial=0.1, rate=0.5, over=10it, staircase=false) per iteration",
        spec(read("{%s, \"name\": \"InverseTimeDecay\"}".formatted(keys), Unit.EPOCH)));
    assertEquals(
        "exponential-decay(initial=0.1, rate=0.5, over=10it, staircase=false) per iteration",
        spec(read("{%s, \"name\": \"ExponentialDecay\"}".formatted(keys), Unit.EPOCH)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"initial_learning_rate\": 1, \"decay_steps\": 2, \"decay_rate\": 3} | the keys are those"
            + " of Keras ExponentialDecay and of InverseTimeDecay: add \"class_name\"",
        "{\"class\": \"StepLR\", \"base_lrs\": [0.1]} | StepLR: gamma must be a number, not"
            + " missing",
        "{\"class\": \"StepLR\", \"base_lrs\": [], \"gamma\": 1} | StepLR: base_lrs is empty",
        "{\"lr_lambdas\": [null], \"last_epoch\": 1} | LambdaLR and MultiplicativeLR do not save"
            + " their functions; write formula(...) or the schedule that the function is",
        "{\"_schedule_phases\": [], \"last_epoch\": 1} | OneCycleLR saves its rates with the"
            + " optimizer, not in its state_dict; write one-cycle(PEAK, over=...)",
        "{\"_schedulers\": [{}], \"_milestones\": [], \"last_epoch\": 1} | SequentialLR: part 1 is"
            + " no known scheduler; known: SequentialLR, ReduceLROnPlateau,"
            + " CosineAnnealingWarmRestarts, CosineAnnealingLR, CyclicLR, LinearLR, PolynomialLR,"
            + " ConstantLR, StepLR, MultiStepLR, ExponentialLR",
        "{\"class\": \"MultiStepLR\", \"base_lrs\": [0.1], \"gamma\": 1, \"milestones\": {\"a\":"
            + " 1}} | MultiStepLR: milestones must be whole numbers, not {a=1}",
        "{\"class\": \"MultiStepLR\", \"base_lrs\": [0.1], \"gamma\": 1, \"milestones\": {\"1\":"
            + " 9999, \"2\": 999999999999}} | MultiStepLR: there are more than 10000 milestones",
        "{\"class\": \"StepLR\", \"base_lrs\": [0.1], \"gamma\": [\"a\\u001bb\"]} | StepLR: gamma"
            + " must be a number, not [a b]",
        "{\"class\": \"CyclicLR\", \"total_size\": 2, \"step_ratio\": 0.5, \"mode\": \"saw\"} |"
            + " CyclicLR: mode is triangular, triangular2 or exp_range, not \"saw\"",
      })
  void aMistakeGetsOneClearLine(String json, String message) {
    var error = assertThrows(InputException.class, () -> read(json, Unit.EPOCH));
    assertEquals(message, error.getMessage());
  }
}
