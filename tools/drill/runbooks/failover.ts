/** `failover --to <region>`: unplanned, may lose data. */
import { UsageError } from "../errors";
import { plainConclusion, type Runbook } from "../engine/runbook";
import { type Step } from "../engine/step";
import { APPROVES, checkPlan, startPlan, watchPlan, watchPlanEnd } from "../steps/byPlan";
import { confirmation } from "../steps/confirm";
import { failoverGuard, PRIMARY_IS_LOST } from "../steps/guard";
import { type ChangeRequest, type Roles } from "../steps/roles";
import { scaleTargetDatabase, scaleTargetFleets, waitForFleets } from "../steps/scaling";
import { failOver, verifyWriter, waitUntilSwitched } from "../steps/switching";
import { concludePlan, demandPlan } from "./byPlan";
import { afterChange, changeTo, restByPlan, subject, targetOf } from "./switchover";

/** Moves the writer although the region that writes is lost. */
export const failover: Runbook<Roles> = {
    verb: "failover",
    purpose:
        "Moves the writer to another region when the one that writes is lost. What was not sent yet is lost.",
    notes: [
        "Only with --accept-data-loss, and only when the primary is lost: red as seen from outside, or with a database " +
            "that RDS says is down, or lost by your own word (--primary-is-lost). The promotion goes first: what does not " +
            "decide whether it is right becomes a warning in the report, and fleets are scaled when it has been asked for.",
        "Nothing depends on the lost region: every call that matters goes to the target's, and what is tried in the lost " +
            "one (its lock, RDS's word) is done without after some seconds. The table below says it of each call.",
        "Viewers need nothing: Route 53's data plane has sent them to the other region by health check already. An " +
            "unfinished run of another verb is given up by this one.",
    ],
    usage: 'failover --to <region> --accept-data-loss [--primary-is-lost "<reason>"] [--by-plan [--approve]]',
    needsProbe: false,
    isUrgent: true,
    said: ({ approve, primaryIsLost }) => ({ [PRIMARY_IS_LOST]: primaryIsLost, [APPROVES]: approve }),
    demand: ({ acceptDataLoss, approve, byPlan, primaryIsLost }) => {
        demandPlan({ approve, byPlan });
        if (primaryIsLost?.trim() === "") {
            throw new UsageError(
                '--primary-is-lost is empty; say why, as in --primary-is-lost "AWS says so"',
            );
        }
        if (acceptDataLoss !== true) {
            throw new UsageError(
                "a failover loses what was not replicated yet; say --accept-data-loss, or use switchover while both regions answer",
            );
        }
    },
    prepare: async (preparation) => {
        const target = targetOf(preparation);
        return changeTo(preparation, target);
    },
    steps: (roles, topology) => {
        const request = { ...roles, topology, scope: "" };
        if (roles.finishing === true) {
            return restByPlan({ ...request, mode: "ungraceful" });
        }
        const [guard, ...rest] = roles.byPlan === true ? failoverByPlan(request) : unplannedChange(request);
        const confirm = confirmation({
            scope: "",
            question: `fail over from ${roles.from} to ${roles.to} in ${topology.environment}, losing what was not sent yet`,
            word: roles.to,
        });
        return [...(guard === undefined ? [] : [guard]), confirm, ...rest];
    },
    subject,
    lockRegion: ({ to }) => to,
    conclude: (roles, context, result) =>
        Promise.resolve(
            concludePlan(
                context,
                plainConclusion(
                    result,
                    roles.finishing === true
                        ? []
                        : [
                              ...afterChange(roles),
                              `When ${roles.from} is back and \`npm run drill -- status\` shows it connected, \`npm run drill -- failback\` goes home.`,
                              `What ${roles.from} had committed and not sent is in the snapshot that Aurora tries to take of its storage before it ` +
                                  "resynchronises (rds:unplanned-global-failover-…): `npm run drill -- missing` says what of it is missing.",
                          ],
                ),
            ),
        ),
    examples: [
        { title: "From us, which is lost, to eu", params: { from: "us", to: "eu" } },
        { title: "By the plan", params: { from: "us", to: "eu", byPlan: true } },
    ],
};

/**
 * The steps of an unplanned change, without the question. The promotion goes before everything that can be done after it,
 * and none that it needs asks the region that is lost.
 */
export function unplannedChange(request: ChangeRequest): Step[] {
    const strength = { ...request, asksSource: false };
    return [
        failoverGuard(request),
        failOver(request),
        // Instances take minutes to start, so they are asked for while AWS promotes. The database is asked to grow only
        // when it has been promoted: a cluster that is being modified might not be.
        scaleTargetFleets(strength),
        waitUntilSwitched({ ...request, whole: false, awaits: "fail-over" }),
        scaleTargetDatabase(strength),
        verifyWriter(request),
        waitForFleets(strength),
    ];
}

/** The same by a plan of Region switch: AWS moves the writer and lets the groups grow; the rest is the drill's own. */
function failoverByPlan(request: ChangeRequest): Step[] {
    const byPlan = { ...request, mode: "ungraceful" } as const;
    const strength = { ...request, asksSource: false };
    return [
        failoverGuard(request),
        checkPlan(byPlan),
        startPlan(byPlan),
        watchPlan(byPlan),
        waitUntilSwitched({ ...request, whole: false }),
        scaleTargetDatabase(strength),
        verifyWriter(request),
        watchPlanEnd(byPlan),
        waitForFleets(strength),
    ];
}
