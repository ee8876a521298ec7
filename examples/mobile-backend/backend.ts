import type * as aws from "@pulumi/aws";

import { type RegionalFoundation } from "../../components/operations";
import { primaryStack, stackFoundation } from "../shared/foundation";
import { deploymentOf } from "../shared/functions";
import { stackProvider } from "../shared/provider";
import { createApi } from "./api";
import { createFiles, type UserFiles } from "./files";
import { createFunctions } from "./functions";
import { type Hosts, hostsOf } from "./hosts";
import { createNetwork } from "./network";
import { type BackendSettings, readBackendSettings } from "./settings";
import { createTable } from "./tables";
import { type BackendUsers, createUsers, followUsers } from "./users";

/** Composes the backend in one region. */
export function composeBackend(): Record<string, unknown> {
    const settings = readBackendSettings();
    const provider = stackProvider(settings);
    const opts = { providers: [provider] };
    const primary = primaryStack(settings);
    const hosts = hostsOf(settings);

    const foundation = stackFoundation("mobile-base", settings, opts);
    const network = createNetwork(settings, foundation, opts);
    const { tables, replicas } = createTable(settings, foundation, primary, opts);
    const { files, users } =
        primary === undefined
            ? createHome(settings, hosts, foundation, provider)
            : { users: followUsers(primary) };
    const functions = createFunctions(settings, foundation, network, tables.todos, hosts, opts);
    const api = createApi(settings, foundation, functions, users, hosts, opts);

    const { directory } = users;
    return {
        apiUrl: api.url,
        todosFunction: deploymentOf(functions.todos),
        ...(files === undefined || directory === undefined
            ? {}
            : {
                  userPoolArn: directory.userPoolArn,
                  issuer: directory.issuer,
                  signInUrl: directory.signInUrl,
                  // What the web client reads as config.json.
                  clientConfig: {
                      region: settings.region,
                      userPoolId: directory.userPoolId,
                      clientId: directory.clientIds.apply((ids) => ids["app"]),
                      identityPoolId: directory.identityPoolId,
                      providerName: directory.providerName,
                      apiUrl: api.url,
                      bucketName: files.storage.bucketName,
                  },
              }),
        // What the other region's stack follows.
        ...(replicas === undefined ? {} : { replicas, replicaArn: directory?.replicaArn }),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}

/** Makes what is in the primary region alone: users, and the folders of their identities. */
function createHome(
    settings: BackendSettings,
    hosts: Hosts,
    foundation: RegionalFoundation,
    provider: aws.Provider,
): { readonly files?: UserFiles; readonly users: BackendUsers } {
    const files = createFiles(settings, hosts, foundation, { providers: [provider] });
    return { files, users: createUsers(settings, foundation, hosts, files, provider) };
}
