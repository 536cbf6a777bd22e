package dev.anneal.schedulers.translate;

import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.translate.Counterpart;
import dev.anneal.core.translate.Python;
import dev.anneal.core.translate.Reading;
import dev.anneal.core.translate.Translator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the built-in schedules are called elsewhere. */
public final class BuiltInTranslator implements Translator {
  /** Made by the service loader. */
  public BuiltInTranslator() {}

  @Override
  public Optional<String> formula(Schedule schedule, Python python) {
    @Nullable String composed = Compositions.formula(schedule, python);
    return composed != null
        ? Optional.of(composed)
        : Optional.ofNullable(Formulas.of(schedule, python));
  }

  @Override
  public Optional<Counterpart> counterpart(Schedule schedule, Python python) {
    return Optional.ofNullable(
        switch (python.framework()) {
          case KERAS -> KerasClasses.of(schedule, python);
          case PYTORCH -> TorchClasses.of(schedule, python);
          case OPTAX -> OptaxFunctions.of(schedule, python);
        });
  }

  @Override
  public Optional<Reading> read(Map<String, ?> config, Unit stepped) {
    return SavedKeras.read(config).or(() -> SavedTorch.read(config, stepped));
  }

  @Override
  public List<String> reads() {
    return Stream.concat(SavedKeras.CLASSES.stream(), SavedTorch.CLASSES.stream()).toList();
  }
}
