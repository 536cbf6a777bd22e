package dev.anneal.formulas;

import dev.anneal.relocated.com.ezylang.evalex.Expression;
import dev.anneal.relocated.com.ezylang.evalex.config.FunctionDictionaryIfc;
import dev.anneal.relocated.com.ezylang.evalex.data.EvaluationValue;
import dev.anneal.relocated.com.ezylang.evalex.functions.FunctionIfc;
import dev.anneal.relocated.com.ezylang.evalex.functions.FunctionParameterDefinition;
import dev.anneal.relocated.com.ezylang.evalex.parser.Token;
import java.util.List;

/** Any name before a parenthesis, of any number of arguments, to be looked up when it is read. */
final class AnyFunction implements FunctionIfc {
  private static final List<FunctionParameterDefinition> ARGUMENTS =
      List.of(FunctionParameterDefinition.builder().name("arguments").isVarArg(true).build());

  /** Knows all functions there may be, and none of the library's. */
  static final class Dictionary implements FunctionDictionaryIfc {
    private final FunctionIfc any = new AnyFunction();

    @Override
    public void addFunction(String name, FunctionIfc function) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FunctionIfc getFunction(String name) {
      return any;
    }
  }

  @Override
  public List<FunctionParameterDefinition> getFunctionParameterDefinitions() {
    return ARGUMENTS;
  }

  @Override
  public boolean hasVarArgs() {
    return true;
  }

  @Override
  public void validatePreEvaluation(Token token, EvaluationValue... values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values) {
    throw new UnsupportedOperationException();
  }
}
