/** What a restored DynamoDB table needs to be looked into, and how it goes away. */
import { DrillError } from "../errors";
import { insist } from "../engine/insist";
import { type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { requireRegion } from "../topology/types";
import { restoredName, type RestoreRequest } from "./restoreRequest";
import { awaitJobEnd, guardName, ownTags } from "./restoringCluster";

/** The steps between a restored table and a verified one. */
export function tableRestoreSteps(request: RestoreRequest): Step[] {
    const { region } = requireRegion(request.topology, request.region);
    return [
        {
            id: `${request.scope}verify-data`,
            title: "Verify the data",
            kind: "measure",
            why: "A backup that nobody has read is a hope: the table must be active and hold items.",
            byHand: `aws dynamodb scan --region ${region} --table-name <restored> --limit 1`,
            timeoutSeconds: 3600,
            describe: (context) => `read from ${restoredName(context, request)}`,
            run: async (context) => {
                const { aws, clock } = context;
                const { tables } = aws.in(region);
                const name = restoredName(context, request);
                await waitInStep(context, {
                    what: `${name} to be active`,
                    hint: "Look at the table in the DynamoDB console.",
                    look: async (): Promise<Look<undefined>> => {
                        const table = await tables.table(name);
                        return table?.status === "ACTIVE"
                            ? { done: true, value: undefined }
                            : { done: false, seen: table?.status ?? "not there yet" };
                    },
                });
                const table = await tables.table(name);
                await insist(
                    context,
                    { what: "the tags of the copy", hint: "Look at the table in the DynamoDB console." },
                    () => tables.addTags(table?.arn ?? "", ownTags(context)),
                );
                if (!(await tables.hasItems(name))) {
                    throw new DrillError(`the restored table ${name} is empty`);
                }
                context.facts.set(`${request.scope}verified`, clock.now());
                return "the restored table holds items";
            },
        },
    ];
}

/** Takes the copy away. */
export function destroyTable(request: RestoreRequest): Step {
    const { personalDataTable, region } = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}destroy`,
        title: "Destroy the copy",
        kind: "cleanup",
        why: "Also when a step before it failed. Only what bears this run's own suffix is deleted.",
        byHand: `aws dynamodb delete-table --region ${region} --table-name <restored>`,
        timeoutSeconds: 1800,
        describe: (context) => restoredName(context, request),
        run: async (context) => {
            const { tables } = context.aws.in(region);
            const name = restoredName(context, request);
            guardName(name, context, [personalDataTable ?? ""]);
            await awaitJobEnd(context, request);
            return waitInStep(context, {
                what: `${name} to be gone`,
                hint: `Delete the table ${name} in ${region} by hand: it holds personal data.`,
                look: async (): Promise<Look<string>> => {
                    const table = await tables.table(name);
                    if (table === undefined) {
                        return { done: true, value: `${name} is gone` };
                    }
                    if (table.status === "ACTIVE") {
                        await tables.deleteTable(name);
                    }
                    return { done: false, seen: table.status };
                },
            });
        },
    };
}
