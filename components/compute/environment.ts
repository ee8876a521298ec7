import * as pulumi from "@pulumi/pulumi";

import { allOf, input, map, namesLike, text, textOf } from "../shared/argumentRules";
import { type Given, type Rule } from "../shared/argumentTable";
import { show } from "../shared/validation";

/** Names of variables that a shell can hold. */
export const areVariableNames = namesLike(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    "a name of letters, digits and underscores that does not begin with a digit",
);

/** Variables that a shell and a boot script can hold. */
const areVariables = allOf(areVariableNames, (environment) =>
    Object.entries(environment as Given)
        .filter(([, value]) => textOf(value).includes("\0"))
        .map(([variable]) => ({
            at: `[${show(variable)}]`,
            shown: "a value with a NUL character",
            allowed: "any text without one",
        })),
);

/** The rule of an argument with a program's variables. */
export function variables(values: Rule<"text", false> = text()): Rule<"map", false, false> {
    return map(input(values), undefined, areVariables);
}

/** The names of the variables whose values Pulumi holds as secrets. */
export async function secretVariables(environment: Record<string, pulumi.Input<string>>): Promise<string[]> {
    const names = await Promise.all(
        Object.entries(environment).map(async ([name, value]) =>
            (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
        ),
    );
    return names.flat();
}
