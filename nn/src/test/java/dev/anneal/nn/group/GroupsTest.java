package dev.anneal.nn.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.training.TestData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {
  private static final Model MODEL = Mlp.parse("4-8-8-3").model();
  private static final Optimizer SGD = TestData.optimizer("sgd(0.1)");
  private static final Optimizer ADAM = TestData.optimizer("adam(0.001)");

  private static Map<String, List<String>> names(Groups groups, Model model) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    groups
        .assign(model)
        .forEach(
            (group, all) -> names.put(group.name(), all.stream().map(Parameter::name).toList()));
    return names;
  }

  private static void assertRefused(String message, Groups groups, Model model) {
    assertEquals(
        message, assertThrows(InputException.class, () -> groups.assign(model)).getMessage());
  }

  private static void assertUnreadable(String message, String text) {
    assertEquals(
        message, assertThrows(InputException.class, () -> TestData.groups(text)).getMessage());
  }

  @Test
  void oneOptimizerTakesAll() {
    assertEquals(List.of("base"), List.copyOf(names(Groups.of(SGD), MODEL).keySet()));
    assertEquals(6, names(Groups.of(SGD), MODEL).get("base").size());
  }

  @ParameterizedTest
  @CsvSource({
    "dense_1, 'dense_1.kernel,dense_1.bias'",
    "dense_1.*, 'dense_1.kernel,dense_1.bias'",
    "*.bias, 'dense_1.bias,dense_2.bias,dense_3.bias'",
    "dense_?.kernel, 'dense_1.kernel,dense_2.kernel,dense_3.kernel'",
    "dense_3.kernel, dense_3.kernel",
    "*_2, 'dense_2.kernel,dense_2.bias'",
  })
  void aPatternTakesWhatItMatchesAndAllBelow(String pattern, String taken) {
    Groups groups = Groups.of(SGD, Group.of(pattern, ADAM));
    assertEquals(List.of(taken.split(",")), names(groups, MODEL).get(pattern));
  }

  @Test
  void manyStarsTakeNoTime() {
    String stars = "*?".repeat(7) + "*".repeat(1000);
    assertTimeoutPreemptively(
        java.time.Duration.ofSeconds(10),
        () -> {
          assertEquals(6, names(Groups.of(SGD, Group.of(stars, ADAM)), MODEL).get(stars).size());
          assertThrows(
              InputException.class,
              () -> Groups.of(SGD, Group.of(stars + "x", ADAM)).assign(MODEL));
        });
  }

  @Test
  void aPatternMatchesWholeNamesOnly() {
    Model eleven =
        Model.of(
            2,
            (scope, x) -> {
              for (int i = 0; i < 11; i++) {
                x = scope.apply(new Dense(2), x);
              }
              return x;
            });
    Groups groups = Groups.of(SGD, Group.of("dense_1", ADAM));
    assertEquals(List.of("dense_1.kernel", "dense_1.bias"), names(groups, eleven).get("dense_1"));
    // A dot is a dot, not any letter.
    assertRefused(
        "group \"dense.1\" takes no parameter (did you mean \"dense_1\"?); there are dense_1,"
            + " dense_1.kernel, dense_1.bias",
        Groups.of(SGD, Group.of("dense.1", ADAM)),
        Mlp.parse("2-3").model());
  }

  @Test
  void codeMayChooseByAnything() {
    Groups groups = Groups.of(SGD, Group.of("vectors", each -> each.rows() == 1, ADAM));
    assertEquals(
        List.of("dense_1.bias", "dense_2.bias", "dense_3.bias"),
        names(groups, MODEL).get("vectors"));
  }

  @Test
  void aParameterGoesIntoOneGroup() {
    assertRefused(
        "dense_1.kernel is in 2 groups: \"*.kernel\" and \"dense_1\"; a parameter goes into one",
        Groups.of(SGD, Group.of("*.kernel", SGD), Group.of("dense_1", ADAM)),
        MODEL);
    assertRefused(
        "no group takes dense_2.kernel; groups are \"dense_1\" and \"dense_3\": add one, or an"
            + " optimizer for all that is left",
        Groups.of(Group.of("dense_1", SGD), Group.frozen("dense_3")),
        MODEL);
  }

  @Test
  void aPatternThatMatchesNothingSuggestsTheNearest() {
    assertRefused(
        "group \"dens_1.*\" takes no parameter (did you mean \"dense_1\"?); there are dense_1,"
            + " dense_1.kernel, dense_1.bias, dense_2, dense_2.kernel, dense_2.bias, dense_3,"
            + " dense_3.kernel, dense_3.bias",
        Groups.of(SGD, Group.of("dens_1.*", SGD)),
        MODEL);
  }

  @Test
  void whatIsNeverTrainedIsInNoGroup() {
    Model model = Sequential.of(3, new BatchNormalization(), new Dense(2));
    assertEquals(
        List.of("batch_normalization_1.scale", "batch_normalization_1.shift"),
        names(Groups.of(SGD, Group.of("batch_normalization_1", SGD)), model)
            .get("batch_normalization_1"));
    assertRefused(
        "group \"*.running_mean\" takes only what is never trained:"
            + " batch_normalization_1.running_mean",
        Groups.of(SGD, Group.of("*.running_mean", SGD)),
        model);
  }

  @Test
  void somethingMustBeTrained() {
    assertRefused(
        "all groups are frozen for good: there is nothing to train",
        Groups.of(Group.frozen("*")),
        MODEL);
    assertEquals(
        "group \"x\" is to be trained, but has no optimizer",
        assertThrows(
                InputException.class,
                () -> new Group("x", _ -> true, Optional.empty(), new Constant(1)))
            .getMessage());
  }

  /** A base may be there to be copied only. */
  @Test
  void aBaseThatIsLeftNothing() {
    Groups groups = Groups.of(SGD, Group.of("*.kernel", SGD), Group.of("*.bias", ADAM));
    assertEquals(List.of("*.kernel", "*.bias"), List.copyOf(names(groups, MODEL).keySet()));
  }

  @Test
  void namesAreDifferent() {
    String message = "two groups are named \"%s\"";
    assertUnreadable(message.formatted("dense_1"), "sgd; dense_1: frozen; dense_1: adam");
    assertUnreadable(message.formatted("base"), "sgd; base: adam");
  }

  @Test
  void textSaysWhatCodeSays() {
    assertEquals(
        Groups.of(
            ADAM,
            Group.of("dense_1.*", ADAM).frozenUntil(Duration.epochs(3)),
            Group.of("dense_2", TestData.optimizer("adam(0.01, beta_1=0.8)")),
            Group.frozen("*_3.kernel"),
            Group.of("*_3.bias", SGD)
                .trained(
                    Catalogue.load().schedule("step(initial=1, factor=0.5, every=5ep) per epoch"))),
        TestData.groups(
            "adam(0.001); \"dense_1.*\": frozen until 3ep; dense_2: lr=0.01, beta_1=0.8;"
                + " *_3.kernel: frozen; *_3.bias: sgd(0.1) trained=step(initial=1, factor=0.5,"
                + " every=5ep) per epoch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "adam(0.001); \"dense_1.*\": frozen until 3ep; dense_2: lr=step(initial=0.01, factor=0.5,"
            + " every=10ep) per epoch",
        "dense_1: frozen; dense_2: sgd; dense_3: adam trained=sequence([0, 1, 0], boundaries=[5%,"
            + " 90%])",
        "sgd; *: lr=0.1",
        "sgd; dense_1: adam trained=0",
        "sgd; dense_1: trained=2",
        "sgd; \"a \\\"b\\\": \\\\ c;\": momentum=0.5 trained = 1",
        "sgd;dense_1:frozen until 10%;dense_2:frozen until 300it",
        "sgd; dense_1: adam trained=sequence([0, 1], boundaries=[3ep])",
      })
  void textReadsBackFromWhatItPrints(String text) {
    Groups groups = TestData.groups(text);
    String printed = groups.print();
    assertEquals(groups, TestData.groups(printed), printed);
    assertEquals(printed, TestData.groups(printed).print());
  }

  @Test
  void printsShortWhereItCan() {
    String base = Catalogue.print(SGD);
    assertEquals(base, TestData.groups("sgd(0.1)").print());
    assertEquals(
        base + "; dense_1: frozen; \"*.bias\": frozen until 3ep",
        TestData.groups("sgd(0.1) ; dense_1:frozen ; *.bias : frozen until 3ep").print());
    Groups byCode = Groups.of(SGD, Group.of("vectors", each -> each.rows() == 1, ADAM));
    assertEquals(
        "group \"vectors\" was chosen by code; only a pattern has a notation",
        assertThrows(InputException.class, byCode::print).getMessage());
  }

  /** What is set for the base is copied with it, but not over what a group says itself. */
  @Test
  void aChangeOfTheBaseReachesItsCopies() {
    Groups changed =
        Groups.parse(
            "sgd; dense_1: momentum=0.5; dense_2: lr=0.3; dense_3: adam",
            Catalogue.load(),
            base -> base.withLearningRate(new Constant(7)));
    Map<String, Double> rates = new LinkedHashMap<>();
    changed
        .schedules(MODEL)
        .forEach((name, schedule) -> {
          if (Hyperparameter.isLearningRate(name)) {
            rates.put(name, schedule.at(Progress.at(0, 1, 1)));
          }
        });
    assertEquals(
        Map.of(
            "dense_1/learning_rate", 7.0,
            "dense_2/learning_rate", 0.3,
            "dense_3/learning_rate", 0.001),
        rates);
  }

  @Test
  void aRateIsFoundWithWhenItsGroupIsTrained() {
    Groups groups = TestData.groups("sgd(0.1); dense_1: frozen until 3ep; dense_2: lr=0.2");
    Set<String> names = groups.schedules(MODEL).keySet();
    assertEquals("dense_1/trained", Groups.whenTrained("dense_1/learning_rate"));
    assertTrue(names.contains("dense_1/trained"));
    assertFalse(names.contains(Groups.whenTrained("dense_2/learning_rate")));
    Groups one = Groups.of(Group.of("all", _ -> true, SGD).frozenUntil(Duration.epochs(3)));
    assertEquals("trained", Groups.whenTrained("learning_rate"));
    assertTrue(one.schedules(MODEL).containsKey("trained"));
  }

  @Test
  void errorsSayWhatAndWhere() {
    String unknown =
        assertThrows(
                InputException.class, () -> TestData.groups("sgd; dense_1: lr=0.1, momentun=0.1"))
            .getMessage();
    assertTrue(
        unknown.startsWith(
            "group \"dense_1\": sgd has no parameter \"momentun\" (did you mean \"momentum\"?);"
                + " it"),
        unknown);
    assertTrue(unknown.endsWith("(column 9 of \"lr=0.1, momentun=0.1\")"), unknown);
    assertUnreadable(
        "group \"dense_1\": there is no optimizer to copy; begin the text with one that has no"
            + " pattern, or name one here",
        "dense_1: lr=0.1");
    assertUnreadable(
        "group \"dense_1\": there is no optimizer to copy; begin the text with one that has no"
            + " pattern, or name one here",
        "dense_1: frozen until 3ep");
    assertUnreadable(
        "group \"dense_1\": \"3\" is no length of training; write 5ep, 300it or 10%",
        "sgd; dense_1: frozen until 3");
    assertUnreadable(
        "group \"dense_1\": \"frozen\" takes no \"trained\"; write an optimizer instead",
        "sgd; dense_1: frozen trained=0");
    assertUnreadable(
        "group \"dense_1\": \"until\" goes with \"frozen\"; otherwise write trained=SCHEDULE",
        "sgd; dense_1: sgd until 3ep");
    assertUnreadable(
        "only the first optimizer may go without a pattern; write PATTERN: before adam",
        "sgd; adam");
    assertUnreadable(
        "\"frozen\" needs a pattern before it, such as dense_1: or \"*.bias\":", "frozen");
    assertUnreadable(
        "\"trained\" needs a pattern before it, such as dense_1: or \"*.bias\":", "sgd trained=0");
    assertUnreadable(
        "\"trained\" is given twice (column 29 of \"sgd; dense_1: sgd trained=0 trained=1\")",
        "sgd; dense_1: sgd trained=0 trained=1");
    assertUnreadable(
        "expected \";\" or the end instead of \"dense_2\" (column 22 of \"sgd; dense_1: frozen"
            + " dense_2: sgd\")",
        "sgd; dense_1: frozen dense_2: sgd");
    assertUnreadable(
        "expected a name or a value instead of the end (column 5 of \"sgd;\")", "sgd;");
    assertUnreadable(
        "expected a name or a pattern before \":\" (column 6 of \"sgd; \"\": frozen\")",
        "sgd; \"\": frozen");
  }
}
