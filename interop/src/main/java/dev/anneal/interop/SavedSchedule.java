package dev.anneal.interop;

import dev.anneal.api.schedule.Schedule;
import java.util.List;

/**
 * What the saved configuration of another framework's schedule means here.
 *
 * @param schedule the schedule
 * @param notes what a reader should know: which class was assumed, where the run stood, where the
 *     two differ; a line each
 */
public record SavedSchedule(Schedule schedule, List<String> notes) {
  /** Keeps a copy of the notes. */
  public SavedSchedule {
    notes = List.copyOf(notes);
  }
}
