/** What a change has besides when a plan of ARC Region switch makes it. */
import { UsageError } from "../errors";
import { type Conclusion, type VerbOptions } from "../engine/runbook";
import { type Context } from "../engine/step";
import { planOutcome } from "../steps/byPlan";

/** @throws UsageError for an approval of nothing. */
export function demandPlan({ approve, byPlan }: VerbOptions): void {
    if (approve === true && byPlan !== true) {
        throw new UsageError("--approve goes with --by-plan");
    }
}

/** A conclusion with what became of the plan: one that AWS did not carry out to its end is no PASS. */
export function concludePlan(context: Context, conclusion: Conclusion): Conclusion {
    const outcome = planOutcome(context);
    if (outcome === undefined) {
        return conclusion;
    }
    const { recoveryTime, text, toDo } = outcome;
    const figures = [
        ...conclusion.figures,
        { name: "plan", value: text, data: outcome },
        ...(recoveryTime === undefined
            ? []
            : [{ name: "plan: recovery time, as AWS measures it", value: recoveryTime, data: recoveryTime }]),
    ];
    return toDo === undefined
        ? { ...conclusion, figures }
        : {
              verdict: "FAIL",
              reasons: [`the plan was not carried out to its end: ${text}`],
              figures,
              afterwards: [toDo, ...conclusion.afterwards],
          };
}
