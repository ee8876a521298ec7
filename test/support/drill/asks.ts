/** The calls of AWS that steps say they make. */
import { type Step } from "../../../tools/drill/engine/step";

/** Rows of the runbook's table, for a failover from us to eu: `<region> <operation>`, once for each region that is meant. */
export function rowsOf(asks: NonNullable<Step["asks"]>): Map<string, (typeof asks)[number]> {
    const regions: Readonly<Record<string, readonly string[]>> = {
        target: ["eu-central-1"],
        home: ["us-east-1"],
        "every region": ["eu-central-1", "us-east-1"],
    };
    return new Map(
        asks.flatMap((ask) =>
            (regions[ask.where] ?? [ask.where]).map(
                (region) => [`${region} ${ask.action.split(":")[1] ?? ""}`, ask] as const,
            ),
        ),
    );
}
