/** Another program's opinion of definitions in Amazon States Language: the npm package asl-validator. */
import { createRequire } from "node:module";

// It brings no declarations.
const validate = createRequire(__filename)("asl-validator") as (
    definition: unknown,
    options?: { checkPaths: boolean; checkArn: boolean },
) => { isValid: boolean; errorsText: (separator?: string) => string };

/** What asl-validator says against a definition; nothing where it takes it. */
export function aslValidatorErrors(definition: string): string {
    try {
        // It writes into what it is given.
        const { isValid, errorsText } = validate(JSON.parse(definition), {
            checkPaths: true,
            checkArn: false,
        });
        return isValid ? "" : errorsText("\n");
    } catch (error) {
        // It breaks at states that are no objects.
        return String(error);
    }
}
