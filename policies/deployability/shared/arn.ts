/** The parts of an ARN. */
export interface Arn {
    readonly service: string;
    /** Empty for what belongs to no region. */
    readonly region: string;
    readonly account: string;
    readonly resource: string;
}

/** Reads an ARN; undefined for any other text. */
export function arnOf(text: string | undefined): Arn | undefined {
    const found = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)$/s.exec(text ?? "");
    return found === null
        ? undefined
        : {
              service: found[1] ?? "",
              region: found[2] ?? "",
              account: found[3] ?? "",
              resource: found[4] ?? "",
          };
}
