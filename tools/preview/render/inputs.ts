/** Reading a resource's inputs, which a program may have filled with anything. */
import { isRecord } from "../values";

/** A text that is known; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether a setting with a switch, such as point-in-time recovery, is there and on. */
export function isSwitchedOn(value: unknown): boolean {
    return isRecord(value) && value["enabled"] === true;
}

/** A list as it is, one thing as a list of one, nothing as an empty list. */
export function items(value: unknown): readonly unknown[] {
    return value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}
