/** Runs `npm run up`, `npm run destroy` and `npm run preview:live`. */
import { createRequire } from "node:module";
import { writeAll } from "../shared/streams";
import { ProjectError } from "../project/project";
import { parseDeploy, USAGE } from "./args";
import type * as deployment from "./deployment";
import { messageOf, RefusedError, UsageError } from "./errors";
import { type World } from "./world";

const load = createRequire(__filename);

/** Exit statuses. */
export const EXIT = { fine: 0, failed: 1, wrongCall: 2 } as const;

/** Runs the command, and returns its exit status. */
export async function main(argv: readonly string[], world: World): Promise<number> {
    try {
        const options = parseDeploy(argv);
        if (options.help) {
            await writeAll(world.stdout, USAGE);
            return EXIT.fine;
        }
        // What checks configuration takes a while to load: a wrong call is answered without it.
        const { deploy } = load("./deployment") as typeof deployment;
        return (await deploy(options, world)) ? EXIT.fine : EXIT.failed;
    } catch (error) {
        if (error instanceof UsageError) {
            await writeAll(world.stderr, `${error.message}\n\n${USAGE}`);
            return EXIT.wrongCall;
        }
        if (error instanceof ProjectError) {
            await writeAll(world.stderr, `error: ${error.message}\n`);
            return EXIT.wrongCall;
        }
        const word = error instanceof RefusedError ? "refused" : "error";
        await writeAll(world.stderr, `${word}: ${messageOf(error)}\n`);
        return EXIT.failed;
    }
}
