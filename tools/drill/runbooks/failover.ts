/** `failover --to <region>`: unplanned, may lose data. */
import { UsageError } from "../errors";
import { plainConclusion, type Runbook } from "../engine/runbook";
import { type Step } from "../engine/step";
import { confirmation } from "../steps/confirm";
import { failoverGuard } from "../steps/guard";
import { type ChangeRequest, type Roles } from "../steps/roles";
import { scaleTargetDatabase, scaleTargetFleets, waitForFleets } from "../steps/scaling";
import { failOver, verifyWriter, waitUntilSwitched } from "../steps/switching";
import { afterChange, changeTo, restOfChange, subject, targetOf } from "./switchover";

/** Moves the writer although the region that writes is lost. */
export const failover: Runbook<Roles> = {
    verb: "failover",
    purpose:
        "Moves the writer to another region when the one that writes is lost. What was not sent yet is lost.",
    notes: [
        "Only with --accept-data-loss, and only when the primary is red as seen from outside and the target is green. " +
            "Nothing depends on the lost region: every call that matters goes to the target's, and what is tried in the " +
            "lost one (its lock) is done without after some seconds.",
        "Viewers need nothing: Route 53's data plane has sent them to the other region by health check already. An " +
            "unfinished run of another verb is given up by this one.",
    ],
    usage: "failover --to <region> --accept-data-loss",
    needsProbe: false,
    demand: ({ acceptDataLoss }) => {
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
            return restOfChange(request);
        }
        const [guard, ...rest] = unplannedChange(request);
        const confirm = confirmation({
            scope: "",
            question: `fail over from ${roles.from} to ${roles.to} in ${topology.environment}, losing what was not sent yet`,
            word: roles.to,
        });
        return [...(guard === undefined ? [] : [guard]), confirm, ...rest];
    },
    subject,
    lockRegion: ({ to }) => to,
    lockIsWanted: true,
    goesOnWithoutDisk: true,
    conclude: (roles, _context, result) =>
        Promise.resolve(
            plainConclusion(
                result,
                roles.finishing === true
                    ? []
                    : [
                          ...afterChange(roles),
                          `When ${roles.from} is back and \`npm run drill -- status\` shows it connected, \`npm run drill -- failback\` goes home.`,
                          `What ${roles.from} had committed and not sent is in the snapshot that Aurora tries to take of its storage before it ` +
                              "resynchronises (rds:unplanned-global-failover-…): look there for orders that are missing.",
                      ],
            ),
        ),
    examples: [{ title: "From us, which is lost, to eu", params: { from: "us", to: "eu" } }],
};

/** The steps of an unplanned change, without the question. None of them asks the region that is lost. */
export function unplannedChange(request: ChangeRequest): Step[] {
    return [
        failoverGuard(request),
        // Instances take minutes to start, so they are asked for first. The database is asked to grow only when it has
        // been promoted: a cluster that is being modified might not be.
        scaleTargetFleets({ ...request, asksSource: false }),
        failOver(request),
        waitUntilSwitched({ ...request, whole: false, awaits: "fail-over" }),
        scaleTargetDatabase({ ...request, asksSource: false }),
        verifyWriter(request),
        waitForFleets(request),
    ];
}
