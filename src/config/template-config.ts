/** zafra.yaml of a new workspace. A line `#key: value` (no space after #) is a setting with its default value. */
export const configText = `# Settings of this workspace. Every line that begins with "#" and no space shows a default: take the "#"
# away (and that of the lines it stands under) to change it. "zafra config check" says whether all is well,
# "zafra config show" what is in force and why. Every setting can also come from the environment:
# ZAFRA_EXECUTION__MAX_PARALLEL=4. Durations: 30m, 5s, 2h, 1d. Sizes: 50MB, 1GB.

#locale: es # names of the months in batch ids: es (Ene ... Dic) or en
# time_zone: America/Mexico_City # default: the machine's

#execution:
  # max_parallel: 4 # tasks at once; default: the number of processors, at most 8
  #per_site: 1 # tasks at once at one site
  #order: relaxed # relaxed: a task that waits for its retry lets the next of its site go; strict: it does not
  #max_attempts: 3
  #retry_delay: 30m
  #retry_factor: 2 # each further delay is so many times longer
  #retry_max_delay: 4h
  #retry_jitter: 0.1 # share by which a delay is moved, so that retries do not march in step
  #timeout: 2h # of one attempt
  #grace: 10s # between asking a scraper to stop and making it stop
  #memory_limit: 2GB # of one task with all its processes; 0: none
  #max_cpu: 80 # percent of the machine above which nothing new starts
  #max_memory: 80
  #min_free_disk: 500MB # below this nothing new starts

# A list's URLs find their site by host. A new code here is a new site: it needs name, host and scraper.
#sites:
  #CyT:
    #name: Casas y Terrenos
    #host: casasyterrenos.com
    #scraper: cyt
    #rate_limit: 2s # between two requests
    #enabled: true
    #priority: 0 # higher goes first; equals take turns
    #detail_scraper: null
    #per_site: null # null: as in execution
    #max_pages: 30 # of a list; of all its bands together, where it is split
    #split: null # price: in bands of price, where the portal shows a part of each list (Inm24: "zafra plan" tells)
    #user_agent: null
    #pause_after_blocked: 3 # so many blocked attempts in a row pause the site
    #pause: 30m
    #pause_factor: 2
    #pause_max: 1d
    #checks: {} # thresholds that differ here from those of checks below, such as { rows_low: 0.3 }
  #Inm24:
    #name: Inmuebles24
    #host: inmuebles24.com
    #priority: 10
    #scraper: inm24
    #detail_scraper: inm24_det
    #rate_limit: 5s
  #Lam:
    #name: Lamudi
    #host: lamudi.com.mx
    #scraper: lam
    #detail_scraper: lam_det
    #rate_limit: 3s
  #Mit:
    #name: Mitula
    #host: casas.mitula.mx
    #scraper: mit
    #rate_limit: 5s
  #Prop:
    #name: Propiedades
    #host: propiedades.com
    #scraper: prop
    #rate_limit: 3s
  #Tro:
    #name: Trovit
    #host: casas.trovit.com.mx
    #scraper: tro
    #rate_limit: 5s

# A scraper is built in, or a file of its name in scrapers/ (.ts .js .py .sh, executable), or a command:
#   example:
#     command: [python3, scrapers/example.py]
#     pass_env: [MY_TOKEN]
#     timeout: 1h
#     browser: false
#scrapers: {}

# Further spellings in lists, each with a name or code of codes.csv:
#   city: { "Tlajo": Tlaj }
#aliases:
  #website: {}
  #city: {}
  #operation: {}
  #product: {}

#schedule:
  #- name: twice-a-month
    #cron: 0 2 1,16 * *
    #time_zone: null # null: the time_zone above
    #filters: {} # such as { site: Inm24 }
    #catch_up: once # of what was missed: once, none, all
    #max_age: 3d # older than this is not caught up
    #overlap: skip # while a batch runs: skip or queue
    #enabled: true

# Whom to tell, by a name of your own. What ends in _env is the name of the environment variable that holds the value:
# secrets never stand in this file. "zafra notify test" tries them all.
#   ops:
#     type: webhook # a POST of JSON; X-Zafra-Signature: HMAC-SHA256 in hex over "timestamp.body" with the secret
#     url: https://example.org/zafra # or url_env
#     secret_env: ZAFRA_OPS_SECRET
#     on: [batch_ended, alert] # the default; also batch_started, task_failed (after its last attempt), recovered
#   team: { type: slack, url_env: ZAFRA_SLACK_URL } # Slack, Mattermost and what takes the same
#   mail: { type: email, smtp_env: ZAFRA_SMTP_URL, from: zafra@example.org, to: [me@example.org] }
#   script: { type: exec, command: [./told.sh], pass_env: [], timeout: 30s } # JSON on its standard input
#   alive: { type: ping, url_env: ZAFRA_PING_URL } # as Healthchecks: /start, then the URL itself or /fail
#notify:
  #channels: {}
  #give_up_after: 3d # for so long a notice is tried again

#database:
  #path: orchestrator.db
  #backup_dir: backups
  #backup_retention: 30d
  #backup_cron: 30 3 * * * # one every day besides those after batches, if anything was written; '': none
  #snapshot_interval: 5s
  #fsync: always # never: quicker, and a power cut may lose what was written last

#paths:
  #data: data
  #urls: urls
  #logs: logs
  #codes: codes.csv

#network:
  #host_map: {} # host of a URL: where it is reached instead, such as { a.mx: "http://127.0.0.1:8080" }
  #allow_private: false # whether scrapers may reach loopback and private addresses

# Checks on every output before it is accepted. A failed one is refused, and its task tried again; a suspect one stands
# at its place, but nothing is built on it (its detail task, the history) until "zafra accept ID". Shares are from 0 to 1.
# Whatever needs a column that the file does not have is left out.
#checks:
  #enabled: true
  #rows_low: 0.6 # of the median of the last three good outputs of the same combination; less is suspect,
  #rows_failed: 0.1 # and less than this fails
  #rows_high: 3 # times that median; more is suspect
  #expected: 0.8 # of what the portal itself counts; of a run over a limit, as far as it usually comes
  #bad_rows: 0.02 # rows whose cells are not what their columns say; they go to NAME.quarantine.csv
  #bad_rows_failed: 0.5
  #quarantine_rows: 10000 # more bad rows than this fail
  #duplicates: 0.1 # rows that repeat a listing
  #coverage_drop: 0.3 # how far a column may be filled less than in those three outputs
  #coverage: # least share of filled cells, by column
    #url: 0.95
    #precio: 0.5
  #out_of_range: 0.1 # prices outside of the ranges below, areas of nothing
  #price_sale: [50000, 1000000000] # pesos; dollars are taken for 18
  #price_rent: [500, 2000000]
  #outside_mexico: 0.05 # coordinates
  #mojibake: 0.01 # rows with text of a wrong charset ("JuanacatlÃ¡n")
  #others: 0.4 # rows of another city, operation or type of property; a portal mixes in some
  #radius: 60 # kilometres from the city (half of it from the middle of earlier outputs), and
  #far: 0.3 # the share of coordinates that may lie farther away
  #overlap: 0.1 # of the listings of the last good output at least so many come again
  #changed: 0.5 # of those that may have another area, number of rooms, place …
  #level: 2.5 # times the usual median price or area, or as much below it; more is suspect
  #currency: 0.4 # by how much the share of prices in dollars may change
  #same: 0.6 # rows that may have one and the same title, price or place
  #dates: 0.05 # in the future
  #repeats: 0.03 # cards of a list that repeat a listing; above it scrapers read its pages again (SCRAPER_REPEATS_LIMIT)
  #fast: 0.1 # of the median duration; less is suspect
  #slow: 5 # times that median; more is worth a remark

#logs:
  #max_bytes_per_attempt: 50MB
  #retention: 90d # older logs go after a batch; 0: never
  #retention_bytes: 5GB # of all logs together: the oldest go first; 0: no limit

#daemon:
  #drain_timeout: 60s # so long what runs may go on when the daemon is told to end

# Other sessions reach the engine through a socket that is the owner's alone.
#api:
  #socket: null # null: .zafra/engine.sock
  #listen: null # such as 127.0.0.1:7333: TCP as well, for whoever shows the token in ZAFRA_API_TOKEN
  #metrics: false # figures for Prometheus at GET /metrics

#redact: [] # names of environment variables whose values never reach a log
`
