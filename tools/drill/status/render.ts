/** `status` as a table. */
import { type Finding, type FindingState, type StatusReport } from "./types";

const MARKS: Readonly<Record<FindingState, string>> = { ok: "ok", warn: "look", bad: "BAD", unknown: "?" };

/** A table for people: what is wrong stands out by its mark. */
export function renderStatus(report: StatusReport): string {
    const rows = report.findings.map(({ region = "all", state, subject, text }: Finding) => [
        MARKS[state],
        region,
        subject,
        text,
    ]);
    const table = [["", "Region", "What", "How it stands"], ...rows];
    const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
    const lines = table.map((row) =>
        row
            .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell))
            .join("  ")
            .trimEnd(),
    );
    const targets = Object.entries(report.targets).map(
        ([key, readiness]) =>
            `A failover to ${key} ${{ READY: "would work", "NOT READY": "would not work", UNKNOWN: "may or may not work" }[readiness]}: ${readiness}`,
    );
    const outlook = Object.entries(report.failover).flatMap(([key, { byPlan, slows, stops }]) => [
        ...listed(`What would stop a failover to ${key}`, stops),
        ...listed(`What would slow a failover to ${key}, or leave it weak`, slows),
        ...(byPlan === undefined
            ? []
            : [
                  ...listed(`What would stop a failover to ${key} by the plan besides`, byPlan.stops),
                  ...listed(`What would slow it, or is not known of the plan`, byPlan.slows),
              ]),
    ]);
    const writer = report.writer === undefined ? "Nobody knows who writes" : `${report.writer} writes`;
    return [
        `${report.environment}, ${report.at}: ${writer}.`,
        "",
        ...lines,
        "",
        ...outlook,
        ...report.advice,
        ...targets,
        `Verdict: ${report.verdict}`,
        "",
    ].join("\n");
}

function listed(title: string, texts: readonly string[]): string[] {
    return texts.length === 0 ? [`${title}: nothing.`] : [`${title}:`, ...texts.map((text) => `  - ${text}`)];
}
