/** A report as Markdown. */
import { showDuration } from "../../shared/clock";
import { type Report, type ReportedPhase } from "./types";

const OUTCOMES: Readonly<Record<Report["outcome"], string>> = {
    done: "Every step is done.",
    refused: "Refused: nothing was changed.",
    failed: "Failed: nothing that the run made is left.",
    "rolled-back": "Rolled back: what was changed is as it was.",
    "given-up": "Given up.",
    halfway: "Stopped halfway: the journal is open, and the same command goes on.",
};

/** A report for people. */
export function renderReport(report: Report): string {
    const { dryRun, environment, outcome, subject, verb, verdict } = report;
    const title = outcome === "rolled-back" ? "ROLLED BACK" : verdict;
    const lines = [
        `# ${dryRun ? "Dry run of " : ""}${verb} ${subject} (${environment}): ${title}`,
        "",
        ...report.reasons.map((reason) => `- ${oneLine(reason)}`),
        "",
        dryRun ? "Nothing was changed." : outcomeOf(report),
        `Run ${report.run} by ${report.operator}, ${report.began} to ${report.ended}${report.resumed ? ", resumed after an interruption" : ""}.`,
        "",
    ];
    if (report.error !== undefined) {
        const { hint, message } = report.error;
        lines.push("## What went wrong", "", message.trim(), "", ...(hint === undefined ? [] : [hint, ""]));
    }
    if (report.warnings.length > 0) {
        lines.push("## Warnings", "", ...report.warnings.map((text) => `- ${oneLine(text)}`), "");
    }
    if (report.figures.length > 0) {
        lines.push(
            "## Figures",
            "",
            ...table(
                ["Figure", "Value"],
                report.figures.map(({ name, value }) => [name, value]),
            ),
            "",
        );
    }
    lines.push(
        "## Phases",
        "",
        ...table(["Phase", "State", "Took", "What came of it"], report.phases.map(phaseRow)),
        "",
    );
    if (report.afterwards.length > 0) {
        lines.push("## Still to be done", "", ...report.afterwards.map((text) => `- ${text}`), "");
    }
    return lines.join("\n");
}

function outcomeOf({ outcome, phases }: Report): string {
    return outcome === "done" && phases.some(({ state }) => state === "failed")
        ? "Done, but for steps that stop nothing: see the warnings."
        : OUTCOMES[outcome];
}

function phaseRow({ detail = "", id, seconds, state, title }: ReportedPhase): string[] {
    const part = id.includes("/") ? `${id.slice(0, id.lastIndexOf("/"))}: ` : "";
    return [`${part}${title}`, state, seconds === undefined ? "" : showDuration(seconds * 1000), detail];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
    return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

function cell(text: string): string {
    return oneLine(text).replaceAll("|", "\\|");
}

function oneLine(text: string): string {
    return text.trim().replaceAll(/\s*\n\s*/g, " ");
}
