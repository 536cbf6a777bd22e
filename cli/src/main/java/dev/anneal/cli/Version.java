package dev.anneal.cli;

import dev.anneal.experiments.Environment;
import dev.anneal.experiments.Machine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Environment machine = Machine.describe(1);
    return new String[] {"anneal " + machine.version(), machine.jdk(), machine.cpu()};
  }
}
