/** What all stand-ins for plugins answer alike. */
import type * as grpc from "@grpc/grpc-js";
import * as pluginMessages from "@pulumi/pulumi/proto/plugin_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { readManifest, ROOT } from "../package/tarball";
import { unary, unimplemented } from "./grpcService";

/** The version of a provider: its SDK's, which asks the engine for the plugin of just that version. */
export function providerVersion(pkg: string): string {
    const version = readManifest(ROOT).devDependencies[`@pulumi/${pkg}`];
    if (version === undefined) {
        throw new Error(`package.json has no @pulumi/${pkg}`);
    }
    return version;
}

/** Which version a plugin is. */
export function pluginInfo(version: string): pluginMessages.PluginInfo {
    const info = new pluginMessages.PluginInfo();
    info.setVersion(version);
    return info;
}

/** As much of a provider's schema as a program in YAML needs to make a provider resource. */
function schemaOf(pkg: string, version: string): providerMessages.GetSchemaResponse {
    const text = { type: "string" };
    const inputProperties = { region: text, allowedAccountIds: { type: "array", items: text } };
    const response = new providerMessages.GetSchemaResponse();
    response.setSchema(JSON.stringify({ name: pkg, version, provider: { inputProperties } }));
    return response;
}

/** A provider's methods around its life; its configuration is taken as it comes. */
export function lifeOf(pkg: string, version = providerVersion(pkg)): grpc.UntypedServiceImplementation {
    return {
        handshake: unimplemented,
        getSchema: unary(() => schemaOf(pkg, version)),
        getPluginInfo: unary(() => pluginInfo(version)),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        checkConfig: unary((request: providerMessages.CheckRequest) => {
            const response = new providerMessages.CheckResponse();
            response.setInputs(request.getNews());
            return response;
        }),
    };
}
