import { type TagsInput } from "../../shared/tags";
import { type AuroraArgs } from "./args";

/** What AuroraGlobal and AuroraReplication both take, with the defaults filled in. */
export interface AuroraSettings {
    applicationUsername: string;
    certificateBundlePath: string;
    deletionProtection: boolean;
    skipFinalSnapshot: boolean;
    backup: string | undefined;
    tags: TagsInput;
}

/** The master user's name where none is given. */
export const DEFAULT_MASTER = "meridian_admin";

/** The user that applications sign in as where none is given. */
export const DEFAULT_APPLICATION_USER = "shop_app";

/** Instances of a member where no number is given. */
export const DEFAULT_INSTANCES = 2;

/** Fills in the defaults of what both components take. */
export function auroraSettings(args: AuroraArgs): AuroraSettings {
    return {
        applicationUsername: args.applicationUsername ?? DEFAULT_APPLICATION_USER,
        certificateBundlePath: args.certificateBundlePath ?? "/etc/ssl/certs/aws-rds-global-bundle.pem",
        deletionProtection: args.deletionProtection ?? true,
        skipFinalSnapshot: args.skipFinalSnapshot ?? false,
        backup: args.backup,
        tags: args.tags ?? {},
    };
}
