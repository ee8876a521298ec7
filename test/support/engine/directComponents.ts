/**
 * Prints what the offline preview says of a program that makes the components itself, where another one has the package
 * make them: a process of its own, as the preview works on an SDK that the engine needs whole.
 *
 * Arguments: a file with the package's schema, the project, the stack.
 */
import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { type Schema } from "../../package/packageSchema";
import { previewProgram } from "../preview";
import { makeAll, mixedSamples } from "./remoteComponents";

async function main(file = "", project = "", stack = ""): Promise<void> {
    const schema = JSON.parse(fs.readFileSync(file, "utf8")) as Schema;
    const { error, resources } = await previewProgram(
        () => {
            makeAll(
                schema,
                mixedSamples(schema),
                (_name, values) => pulumi.output(values),
                ({ make }, name, args, opts) => new make(name, args, opts),
            );
        },
        { project, stack },
    );
    if (error !== undefined) {
        throw new Error(error.message);
    }
    process.stdout.write(JSON.stringify(resources.map(({ state }) => state)));
}

void main(...process.argv.slice(2));
