package dev.anneal.cli;

/** The command {@code anneal}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and leaves with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.out.println("usage: anneal COMMAND [ARGUMENT...]");
  }
}
