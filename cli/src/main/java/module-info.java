import org.jspecify.annotations.NullMarked;

/** The command anneal. */
@NullMarked
module dev.anneal.cli {
  requires dev.anneal.experiments;
  requires dev.anneal.interop;
  requires dev.anneal.report;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires java.compiler;
  requires tools.jackson.databind;
  requires static org.jspecify;

  opens dev.anneal.cli to
      info.picocli,
      tools.jackson.databind;
}
