{{/* Labels of every object and every pod. Call with (dict "root" $ "component" "web"). */}}
{{- define "tiny.labels" -}}
app.kubernetes.io/name: {{ .root.Values.souk.engine.name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
souk.dev/store: {{ .root.Values.souk.store.id | quote }}
souk.dev/engine: {{ .root.Values.souk.engine.name }}
{{- end }}

{{- define "tiny.selector" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Metadata of a pod template: labels, and what a test ordered. */}}
{{- define "tiny.podMetadata" -}}
{{- $labels := index .root.Values.test.podLabels .component }}
{{- $annotations := deepCopy (default dict (index .root.Values.test.podAnnotations .component)) }}
{{- if and (eq .component "web") .root.Values.souk.restarted }}
{{- $annotations = set $annotations "souk.dev/restarted" .root.Values.souk.restarted }}
{{- end }}
labels:
  {{- include "tiny.labels" . | nindent 2 }}
  {{- if or (eq .component "web") (eq .component "closed") }}
  souk.dev/web: "true"
  {{- end }}
  {{- with $labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Whom the Service leads to: the page, or the sign while the shop is suspended. */}}
{{- define "tiny.front" -}}
{{ ternary "closed" "web" (default false .Values.souk.suspended) }}
{{- end }}

{{/* What Pod Security "restricted" wants of a pod. */}}
{{- define "tiny.podDefaults" -}}
serviceAccountName: {{ .Values.souk.serviceAccountName }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: 5
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* What every container has. Call with (dict "root" $ "component" "web"). */}}
{{- define "tiny.containerDefaults" -}}
image: {{ required "images.web is set by Souk" .root.Values.images.web }}
imagePullPolicy: IfNotPresent
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- with index .root.Values.resources .component }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
