package dev.anneal.interop.schedules;

import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.Counterpart;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.SavedSchedule;
import dev.anneal.interop.Translator;
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
  public Optional<String> formula(Schedule schedule, PythonWriter python) {
    @Nullable String composed = CompositionFormulas.formula(schedule, python);
    return composed != null
        ? Optional.of(composed)
        : Optional.ofNullable(ScheduleFormulas.of(schedule, python));
  }

  @Override
  public Optional<Counterpart> counterpart(Schedule schedule, PythonWriter python) {
    return Optional.ofNullable(
        switch (python.framework()) {
          case KERAS -> KerasClasses.of(schedule, python);
          case TORCH -> TorchClasses.of(schedule, python);
          case OPTAX -> OptaxFunctions.of(schedule, python);
          case FASTAI -> null;
        });
  }

  @Override
  public Optional<SavedSchedule> read(Map<String, ?> config, Unit stepped) {
    return SavedKeras.read(config).or(() -> SavedTorch.read(config, stepped));
  }

  @Override
  public List<String> reads() {
    return Stream.concat(SavedKeras.CLASSES.stream(), SavedTorch.CLASSES.stream()).toList();
  }
}
