/** Writes docs/runbook.md from the drill's own steps. */
import { resolve } from "node:path";
import { showDuration } from "../shared/clock";
import { type Ask, type Step, type StepKind } from "../drill/engine/step";
import { type AnyRunbook, RUNBOOKS } from "../drill/runbooks";
import { AROUND } from "../drill/steps/asks";
import { LOOK_MILLISECONDS } from "../drill/steps/outsideView";
import { parseTopology } from "../drill/topology/parse";
import { type Topology } from "../drill/topology/types";
import { formattedPage } from "./formatted";

/** The page. */
export const RUNBOOK_FILE = resolve(__dirname, "../../docs/runbook.md");

const KINDS: Readonly<Record<StepKind, string>> = {
    check: "changes nothing; a dry run makes it too",
    change: "changes something",
    wait: "waits",
    measure: "takes figures",
    cleanup: "runs even when a step before it failed",
};

/** The regions that the page speaks of. */
function exampleTopology(): Topology {
    const region = (key: string, name: string): object => ({
        key,
        region: name,
        clusterIdentifier: `meridian-prod-${key}`,
        originHost: `origin-${key}.shop.example.com`,
        autoScalingGroups: { web: `<web group of ${key}>`, api: `<API group of ${key}>` },
        backupVault: `<vault of ${key}>`,
        personalDataVault: `<vault of ${key}'s personal data>`,
        personalDataTable: `<table of ${key}>`,
    });
    return parseTopology(
        {
            environment: "prod",
            accountId: "111122223333",
            domainName: "shop.example.com",
            globalClusterIdentifier: "meridian-prod",
            regionSwitchPlanArn:
                "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123",
            home: "us",
            regions: [region("us", "us-east-1"), region("eu", "eu-central-1")],
            capacity: { writerMin: 8, standbyMin: 4, max: 64 },
        },
        "the runbook's example",
    );
}

/** Where a step is told of: in which verb's section, and in which of its examples. */
type Told = Map<string, { readonly verb: string; readonly example: string }>;

/** The page's text, as the drill is now. */
export async function runbookDocument(): Promise<string> {
    const topology = exampleTopology();
    const told: Told = new Map();
    const sections = RUNBOOKS.flatMap((runbook) => section(runbook, topology, told));
    const text = [
        "# Runbook",
        "",
        "What `npm run drill` does, step by step, for those who want to know before and for those who must do it by hand. " +
            "Written by `npm run docs` from the steps in `tools/drill`; a test keeps it current. [drill.md](drill.md) says " +
            "how to call it. Here `us` is us-east-1, where the shop is at home, and `eu` is eu-central-1.",
        "",
        "Time limits are a step's own; `timeouts` in the drill's settings replaces them by the step's id. An interrupted run " +
            "goes on where it stopped when the same command is run again.",
        "",
        ...sections,
    ].join("\n");
    return formattedPage(RUNBOOK_FILE, text, { proseWrap: "always", printWidth: 120 });
}

function section(runbook: AnyRunbook, topology: Topology, told: Told): string[] {
    const [first] = runbook.examples;
    return [
        `## ${runbook.verb}`,
        "",
        runbook.purpose,
        "",
        "```sh",
        `npm run drill -- ${runbook.usage}`,
        "```",
        "",
        ...runbook.notes.flatMap((note) => [note, ""]),
        ...runbook.examples.flatMap(({ params, title }) => [
            `### ${runbook.verb}: ${title}`,
            "",
            ...runbook
                .steps(params, topology)
                .flatMap((step, index) =>
                    item(step, index + 1, { verb: runbook.verb, example: title }, told),
                ),
            ...(runbook.isUrgent === true
                ? callTable(runbook.steps(params, topology), runbook.verb, title, title === first?.title)
                : []),
        ]),
    ];
}

/** Whose region a call goes to, in words. */
const WHERE: Readonly<Record<string, string>> = {
    target: "the target's",
    home: "the one that is lost",
    "every region": "every one",
};

/** The calls of AWS that the steps make. */
function callTable(steps: readonly Step[], verb: string, example: string, isFirst: boolean): string[] {
    const row = (step: string, { action, where, without }: Ask): string =>
        `| ${step} | \`${action}\` | ${WHERE[where] ?? where} | ${without === undefined ? "yes" : "no"} | ${without ?? "it is not made"} |`;
    return [
        `### ${verb}: the calls of AWS${isFirst ? "" : `, ${lowered(example)}`}`,
        "",
        isFirst
            ? "What each step asks of AWS, in which region, and whether the promotion needs the answer. A look that the promotion " +
              `does not need is given up after ${LOOK_MILLISECONDS / 1000} s. A test makes each of these calls fail, in turn, by ` +
              "a denial, by 503 and by silence, and another one holds the table against the calls that are made. Where the " +
              "credentials are a role's, `sts:AssumeRole` goes to the region of a call before its first one."
            : "As above; the promotion is AWS's, and what is needed is that it is told to start the plan.",
        "",
        "| Step | Call | Region | Needed | Without an answer |",
        "| --- | --- | --- | --- | --- |",
        ...AROUND.map((ask) => row("around them", ask)),
        ...steps.flatMap(({ asks = [], id }) => asks.map((ask) => row(`\`${id}\``, ask))),
        "",
    ];
}

/** A step; one that was told of already is named alone. */
function item(
    step: Step,
    number: number,
    here: { readonly verb: string; readonly example: string },
    told: Told,
): string[] {
    const slash = step.id.lastIndexOf("/");
    const part = slash === -1 ? "" : `${step.id.slice(0, slash)}: `;
    const heading = `${number}. **${part}${step.title}** (\`${step.id}\`)`;
    // The same step with other regions is the same to read.
    const key = `${step.id.slice(slash + 1)} ${generic(step.why)}`;
    const earlier = told.get(key);
    if (earlier !== undefined && (earlier.verb !== here.verb || slash !== -1)) {
        return [`${heading}: as in [${earlier.verb}](#${earlier.verb}).`, ""];
    }
    if (earlier !== undefined && earlier.example !== here.example) {
        return [`${heading}: as above.`, ""];
    }
    told.set(key, here);
    const limit = showDuration(step.timeoutSeconds * 1000);
    return [
        `${heading}: ${KINDS[step.kind]}; ${limit} at most.`,
        "",
        indent(step.why),
        "",
        ...(step.byHand === undefined
            ? []
            : [indent("By hand:"), "", indent(`\`\`\`sh\n${step.byHand}\n\`\`\``), ""]),
        ...(step.undo === undefined ? [] : [indent(`Rolled back: ${step.undo.title}.`), ""]),
        ...(step.pointOfNoReturn === true ? [indent("From here the way is forward: no rollback."), ""] : []),
    ];
}

function lowered(text: string): string {
    return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function generic(text: string): string {
    return text.replaceAll(/\b(?:us|eu)\b/g, "<region>");
}

function indent(text: string): string {
    return text.replaceAll(/^(?=.)/gm, "    ");
}
