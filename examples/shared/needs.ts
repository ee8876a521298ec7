import type * as pulumi from "@pulumi/pulumi";

import { type RelationalDatabase } from "../../components/data";
import { type Queue } from "../../components/messaging";
import { type Permission } from "../../components/security/permissions";
import { type StackTable } from "./tables";

/** What a program has of its own: all that it may do, and where it finds what it may use. */
export interface Needs {
    readonly permissions: pulumi.Input<Permission[]>[];
    readonly environment: Record<string, pulumi.Input<string>>;
}

/** Several needs as one. */
export function together(...needs: readonly Needs[]): Needs {
    return {
        permissions: needs.flatMap(({ permissions }) => permissions),
        environment: Object.assign({}, ...needs.map(({ environment }) => environment)) as Record<
            string,
            pulumi.Input<string>
        >,
    };
}

/** A table to read and write, whose name a variable says. */
export function tableNeeds(variable: string, { name, read, write }: StackTable): Needs {
    return { permissions: [read, write], environment: { [variable]: name } };
}

/** What a user of a relational database needs, who signs in by IAM; nothing where there is no database. */
export function databaseNeeds(database: RelationalDatabase | undefined, user: string): Needs {
    return database === undefined
        ? { permissions: [], environment: {} }
        : {
              permissions: [database.connectPermissions.apply((users) => users[user] ?? [])],
              environment: {
                  DATABASE_HOST: database.endpoint,
                  DATABASE_PORT: database.port.apply(String),
                  DATABASE_NAME: database.databaseName,
                  DATABASE_USER: user,
              },
          };
}

/** A table to read alone, whose name a variable says. */
export function readNeeds(variable: string, { name, read }: StackTable): Needs {
    return { permissions: [read], environment: { [variable]: name } };
}

/** What somebody needs to send to a queue, whose URL a variable says. */
export function sends(variable: string, { queueUrl, sendPermissions }: Queue): Needs {
    return { permissions: [sendPermissions], environment: { [variable]: queueUrl } };
}

/** What somebody needs to receive from a queue, whose URL a variable says. */
export function receives(variable: string, { queueUrl, receivePermissions }: Queue): Needs {
    return { permissions: [receivePermissions], environment: { [variable]: queueUrl } };
}
