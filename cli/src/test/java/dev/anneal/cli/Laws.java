package dev.anneal.cli;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in a process of its own, as a build does. */
final class Laws {
  private static final int MOST_LINES = 20;

  private Laws() {}

  /** Exits with the number of tests that failed; with -1 where there was none. */
  public static void main(String[] classes) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    List<DiscoverySelector> selected =
        Stream.of(classes).<DiscoverySelector>map(name -> selectClass(name)).toList();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selected)
                .configurationParameter("jqwik.tries.default", "50") // of 1000
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), MOST_LINES);
    System.exit(summary.getTestsSucceededCount() == 0 ? -1 : (int) summary.getTotalFailureCount());
  }
}
