/** Rules about what single properties of resources say: the same check over a table of types. */
import { object, type Props, type ReportResource, type Subject } from "../../framework";
import { isGiven } from "../../framework/items";
import { judge, shown } from "./judging";

type Value = string | number | boolean;

/** A property of a resource, and what it may say. */
export interface Setting {
    /** The property, or the path to one in it, such as `vpcConfig.endpointPublicAccess`. */
    readonly path: string;
    /** What AWS or its provider takes where it is left out. Left out: nothing that would do. */
    readonly otherwise?: Value;
    /** The values that will do, `given` for any, or those that will not. */
    readonly allowed: readonly Value[] | "given" | { readonly not: readonly Value[] };
    /** What any other value means, such as `keeps records in plain`. */
    readonly wrong: string;
    /** Whether the property is asked for at all. Left out: it always is. */
    readonly applies?: (props: Props) => boolean;
}

/** What is asked of each type. */
export type Settings = Readonly<Record<string, readonly Setting[]>>;

/** Judges a resource by the settings of its type. One whose value is unknown does not hide another. */
export function judgeSettings(settings: Settings, { type, props }: Subject, report: ReportResource): void {
    judge(
        ...(settings[type] ?? []).map((setting) => () => {
            judgeSetting(setting, props, report);
        }),
    );
}

function judgeSetting(setting: Setting, props: Props, report: ReportResource): void {
    if (setting.applies?.(props) === false) {
        return;
    }
    const steps = setting.path.split(".");
    const last = steps.pop() ?? "";
    const holder = steps.reduce((current, step) => object(current[step]), props);
    if (setting.allowed === "given") {
        if (!isGiven(holder, last)) {
            report(`${setting.wrong}: ${setting.path} is not given.`);
        }
        return;
    }
    const value = holder[last];
    if (!willDo(value ?? setting.otherwise, setting.allowed)) {
        report(`${setting.wrong}: ${setting.path} is ${shown(value)}.`);
    }
}

/** Values are compared as text, because some providers carry booleans and numbers so. */
function willDo(value: unknown, allowed: Exclude<Setting["allowed"], "given">): boolean {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
        return false;
    }
    const isAmong = (values: readonly Value[]): boolean =>
        values.some((each) => String(each) === String(value));
    return "not" in allowed ? !isAmong(allowed.not) : isAmong(allowed);
}
