import type pc from "picocolors";
import { type PolicyFinding } from "../policies/findings";
import { type PreviewDocument } from "../types";
import { nameOf, typeOf } from "../urn";
import { type FindingGroup, groupsOf, isMandatory } from "./findings";
import { displayType } from "./plan";
import { plural, printable } from "./text";

type Colors = ReturnType<typeof pc.createColors>;

/** What the policies found, as titled lists of lines: violations by rule, then what is waived, mended and undecided. */
export function policySections(
    document: PreviewDocument,
    verbose: boolean,
    colors: Colors,
): (readonly [title: string, lines: string[]])[] {
    const sections: (readonly [string, string[]])[] = [
        [
            "Policy violations:",
            groupsOf(document, "violation").flatMap((group) => violationLines(group, colors)),
        ],
        ["Waived:", groupsOf(document, "waived").flatMap((group) => placeLines(group, colors))],
        ["Remediated:", groupsOf(document, "remediated").flatMap((group) => placeLines(group, colors))],
        [
            "Undecided until pulumi up:",
            groupsOf(document, "undecided").flatMap((group) =>
                verbose ? placeLines(group, colors) : [undecidedLine(group)],
            ),
        ],
    ];
    return sections.filter(([, lines]) => lines.length > 0);
}

function violationLines({ first, findings }: FindingGroup, colors: Colors): string[] {
    const level = isMandatory(first)
        ? colors.red("[mandatory]")
        : colors.yellow(`[${printable(first.level)}]`);
    const severity = first.severity === undefined ? "" : `  ${first.severity}`;
    return [
        `${level}  ${printable(`${first.pack}  ${first.rule}${severity}`)}`,
        ...(first.description === "" ? [] : [`    ${printable(first.description)}`]),
        ...findings.flatMap((finding) => reasonLines(finding)),
        ...(first.fix === undefined ? [] : [colors.cyan(`    Fix: ${printable(first.fix)}`)]),
    ];
}

function placeLines({ first, findings }: FindingGroup, colors: Colors): string[] {
    return [
        `${colors.bold(printable(first.rule))}  ${printable(first.pack)}`,
        ...findings.flatMap((finding) => reasonLines(finding)),
    ];
}

function reasonLines(finding: PolicyFinding): string[] {
    const [reason = "", ...more] = `${finding.message.trimEnd()}${assumedMark(finding)}`.split(/\r?\n/);
    const where = placeOf(finding);
    return [
        `    - ${printable(where === "" ? reason : `${where}: ${reason}`)}`,
        ...more.map((line) => `      ${printable(line)}`),
    ];
}

/** What is added to what only made-up values show. */
export function assumedMark({ assumed }: PolicyFinding): string {
    return assumed === true ? " (seen with made-up values)" : "";
}

function undecidedLine({ first, findings }: FindingGroup): string {
    const stacks = [...new Set(findings.map(({ stack }) => stack ?? ""))].filter((stack) => stack !== "");
    const where = stacks.length === 0 ? "" : ` in ${stacks.join(", ")}`;
    return printable(`${first.rule}: ${plural(findings.length, "resource")}${where}`);
}

/** The stack and the resource of a finding, as people read them. */
export function placeOf({ stack, urn }: PolicyFinding): string {
    const resource = urn === undefined ? "" : `${displayType(typeOf(urn))} ${nameOf(urn)}`;
    return [stack ?? "", resource].filter((part) => part !== "").join(" ");
}
