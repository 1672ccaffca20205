package io.intermodal.evaluate;

/**
 * The rules of table II: a test is a SUCCESS if it worked on the target, or if it gave there what
 * it gave on the source; there is no WARNING. For launch and terminate equivalence is not enough. A
 * test that could not be performed counts as not successful (our decision).
 */
enum HypervisorRule implements TestRule {
  SUCCESSFUL {
    @Override
    public Verdict judge(Observation source, Observation target, RuleParameters parameters) {
      return target.isSuccessful()
          ? Verdict.success(() -> "on the target: " + target.describe())
          : Verdict.failure(() -> "on the target: " + target.describe());
    }

    @Override
    public String words(RuleParameters parameters) {
      return "SUCCESS if successful on the target, otherwise FAILURE";
    }
  },
  EQUIVALENT_OR_SUCCESSFUL {
    @Override
    public Verdict judge(Observation source, Observation target, RuleParameters parameters) {
      if (target.isSuccessful() || source.isSuccessful()) {
        return SUCCESSFUL.judge(source, target, parameters);
      }
      return Verdict.success(
          () ->
              "equivalent to the source, not successful on either side; on the source: "
                  + source.describe()
                  + "; on the target: "
                  + target.describe());
    }

    @Override
    public String words(RuleParameters parameters) {
      return "SUCCESS if successful on the target or equivalent to the source, otherwise FAILURE";
    }
  }
}
