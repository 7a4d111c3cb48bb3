#!/usr/bin/env ruby
# frozen_string_literal: true

# redmine_shows.rb FILE - renders texts by Redmine's own code (Debian's package, without its database) and
# looks whether they show as what they are, and act on nothing.
#
# FILE has a line of JSON for each text: {"format": "textile"|"markdown", "plain": ..., "written": ...},
# `written` being what the bridge makes of `plain`. Prints what is wrong (20 at most) and how many were
# looked at; exit code 1 when one was wrong.
require 'json'
require 'cgi'
require 'digest/md5'
require 'active_support'
require 'active_support/core_ext'
require 'action_view'
require 'nokogiri'
require 'redcarpet'

REDMINE = '/usr/share/redmine'
$LOAD_PATH.unshift "#{REDMINE}/lib"
module Redmine
  module SyntaxHighlighting
    def self.language_supported?(_) = false
  end
end
require 'redmine/helpers/url'
require 'redmine/wiki_formatting/links_helper'
require 'redmine/wiki_formatting/textile/redcloth3'
require 'redmine/wiki_formatting/textile/formatter'
require 'redmine/wiki_formatting/markdown/formatter'

# The patterns of links and macros stand in files that need all of Rails: only they are taken from there.
def pattern(file, name)
  source = File.read("#{REDMINE}/#{file}")
  literal = source[/#{name} =\s*(%r\{.*?^ *\}x|\/\(.*?^ *\)\/mx)/m, 1] or abort "#{file} has no #{name}"
  eval(literal) # rubocop:disable Security/Eval
end

LINKS = pattern('app/helpers/application_helper.rb', 'LINKS_RE')
MACROS = pattern('app/helpers/application_helper.rb', 'MACROS_RE')
WIKI_LINKS = /(!)?(\[\[([^\n|]+?)(\|([^\n|]+?))?\]\])/.freeze
HARMLESS = %w[body html p br a div span text].freeze

def html_of(format, text)
  case format
  when 'textile' then Redmine::WikiFormatting::Textile::Formatter.new(text).to_html
  when 'markdown' then Redmine::WikiFormatting::Markdown::Formatter.new(text).to_html
  end
end

# What the reader sees, with blanks as one: they are not what this is about.
def seen(text) = text.delete("\u2060").gsub(/[[:space:]]+/, ' ').strip

def visible(document)
  document.css('br').each { |node| node.replace("\n") }
  document.css('p').each { |node| node.add_next_sibling("\n") }
  seen(document.text)
end

# Redmine looks for its links in the HTML, between tags.
def acting(html)
  html.scan(LINKS) do
    match = Regexp.last_match
    next if match[:tag_content] || match[:esc] || (match[:sep3] && match[:prefix].nil?)

    identifier = match[:identifier1] || match[:identifier2] || match[:identifier3]
    return "the link #{match[0].inspect}" unless identifier.to_s.empty?
  end
  html.scan(WIKI_LINKS) { return "the page #{Regexp.last_match[0].inspect}" unless Regexp.last_match[1] }
  nil
end

def macro(text)
  text.scan(MACROS) { return "the macro #{Regexp.last_match[0].inspect}" unless Regexp.last_match[2] }
  nil
end

# An address that is written out may be a link to what it says.
def honest_link?(node)
  target = node['href'].to_s.delete_prefix('mailto:').delete_prefix('http://').delete_prefix('https://')
  shown = node.text.delete_prefix('http://').delete_prefix('https://')
  plain = ->(text) { CGI.unescape(text).scrub.delete("\u2060") }
  plain.(target) == plain.(shown)
end

def wrong_with(row)
  html = html_of(row['format'], row['written'].dup)
  document = Nokogiri::HTML::DocumentFragment.parse(html)
  document.traverse do |node|
    next if node.text? || node.fragment?
    return "<#{node.name}>" unless node.element? && HARMLESS.include?(node.name)
    return "a link to #{node['href']}" if node.name == 'a' && !honest_link?(node)
    return "a style: #{node.to_html}" if node['style'] || (node['class'] && node.name != 'a')
  end
  acts = acting(html) || macro(row['written'])
  return acts if acts

  shown = visible(document)
  shown == seen(row['plain']) ? nil : "it shows #{shown.inspect}"
end

# With --html: the page of each row, a line of JSON, and what acts in it or is loaded by it.
if ARGV[1] == '--html'
  File.foreach(ARGV.fetch(0)) do |line|
    row = JSON.parse(line)
    html = html_of(row['format'], row['written'].dup).gsub(' data-language="', ' class="language-')
    words = html.gsub(%r{<(pre|code)\b.*?</\1>}mi, '') # Redmine looks for no link in code, nor macro
    puts JSON.generate('html' => html, 'acts' => acting(words) || macro(words) || '')
  end
  exit 0
end

count = 0
wrong = 0
File.foreach(ARGV.fetch(0)) do |line|
  row = JSON.parse(line)
  count += 1
  why = wrong_with(row)
  next unless why

  wrong += 1
  next if wrong > 20

  puts "#{row['format']}: #{row['plain'].inspect}\n  written #{row['written'].inspect}\n  #{why}"
end
puts "#{count} texts, #{wrong} wrong"
exit(wrong.zero? ? 0 : 1)
