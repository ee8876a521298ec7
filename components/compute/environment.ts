import * as pulumi from "@pulumi/pulumi";

import { input, map, text, textOf } from "../shared/argumentRules";
import { type Given, type Judge, type Rule } from "../shared/argumentTable";
import { show } from "../shared/validation";

/** Variables that a shell and a boot script can hold. */
const areVariables: Judge = (environment) => {
    const given = Object.entries(environment as Given);
    return [
        ...given
            .filter(([variable]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))
            .map(([variable]) => ({
                at: `[${show(variable)}]`,
                shown: variable,
                allowed: "a name of letters, digits and underscores that does not begin with a digit",
            })),
        ...given
            .filter(([, value]) => textOf(value).includes("\0"))
            .map(([variable]) => ({
                at: `[${show(variable)}]`,
                shown: "a value with a NUL character",
                allowed: "any text without one",
            })),
    ];
};

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
